/** The main job without a user interface: a plane of an image becomes a posterior summary. */
package io.github.posteriorj.restoration;
