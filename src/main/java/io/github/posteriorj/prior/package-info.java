/** Generative models that turn unit noise into images. */
package io.github.posteriorj.prior;
