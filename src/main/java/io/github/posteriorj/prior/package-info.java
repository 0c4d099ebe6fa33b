/** Generative models that turn unit noise into images, their cards and where they are found. */
package io.github.posteriorj.prior;
