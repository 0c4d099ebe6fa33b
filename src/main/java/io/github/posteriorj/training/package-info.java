/** Continues the training of a prior on a user's own images. */
package io.github.posteriorj.training;
