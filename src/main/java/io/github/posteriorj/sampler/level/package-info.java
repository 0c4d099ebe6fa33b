/**
 * Posterior sampling at a level of a consistency model's noise space: Langevin dynamics on images
 * with noise of that level, started by split Gibbs sampling.
 */
package io.github.posteriorj.sampler.level;
