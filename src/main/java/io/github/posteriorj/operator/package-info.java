/** Forward operators: what a microscope does to a sharp image, differentiable and batched. */
package io.github.posteriorj.operator;
