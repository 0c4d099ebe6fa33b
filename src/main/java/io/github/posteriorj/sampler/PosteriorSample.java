package io.github.posteriorj.sampler;

/**
 * One draw from a posterior.
 *
 * @param chain the chain it is from, counted from 0
 * @param image x = Phi(z), in the model's range
 * @param misfit the negative log-likelihood of the measurement, L_y(x)
 */
public record PosteriorSample(int chain, float[] image, double misfit) {}
