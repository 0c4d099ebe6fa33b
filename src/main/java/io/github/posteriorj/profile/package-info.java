/** Settings that belong together and have a name: qualities and cameras, in YAML files. */
package io.github.posteriorj.profile;
