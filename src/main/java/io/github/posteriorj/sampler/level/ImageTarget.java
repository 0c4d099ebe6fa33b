package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;

/**
 * What a measurement says of images near given ones, without the prior's network: U(x) = |x - u|^2
 * / (2 rho^2) - ln p(y given A(x)).
 *
 * @param measured the likelihood of images
 * @param window the image on the prior's canvas
 * @param centre u, [N, C, H', W']
 * @param level rho
 */
record ImageTarget(ImageLikelihood measured, Window window, NDArray centre, double level)
    implements Target {

  @Override
  public Evaluation evaluate(NDArray x) {
    Evaluation likelihood = measured.evaluate(window::cut, x);
    NDArray fromCentre = x.sub(centre).mul((float) (1 / (level * level)));
    return new Evaluation(
        likelihood.gradient().add(fromCentre),
        likelihood.negativeLogLikelihood(),
        likelihood.image());
  }
}
