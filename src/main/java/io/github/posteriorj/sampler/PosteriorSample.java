package io.github.posteriorj.sampler;

/**
 * One draw from a posterior.
 *
 * @param chain the chain it is from, counted from 0
 * @param image x = Phi(z), in the model's range
 * @param negativeLogLikelihood the negative log-likelihood of the measurement, L_y(x)
 * @param squaredLatent |z|^2, near its dimension for a typical image of the prior
 */
public record PosteriorSample(
    int chain, float[] image, double negativeLogLikelihood, double squaredLatent) {

  /** What a chain is at. The potential's other share is |z|^2 / 2. */
  static PosteriorSample of(int chain, ChainState place) {
    return new PosteriorSample(
        chain,
        place.image(),
        place.negativeLogLikelihood(),
        2 * (place.potential() - place.negativeLogLikelihood()));
  }

  /** The same draw, as one of another chain. */
  public PosteriorSample ofChain(int other) {
    return new PosteriorSample(other, image, negativeLogLikelihood, squaredLatent);
  }
}
