/**
 * Samples by the reverse process of a diffusion: from noise down the noise levels, led by the
 * measurement, each sample on its own.
 */
package io.github.posteriorj.sampler.diffusion;
