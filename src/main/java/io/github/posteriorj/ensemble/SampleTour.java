package io.github.posteriorj.ensemble;

import java.util.List;

/**
 * A smooth way through samples and back to the first one, each place on which is as plausible as a
 * sample, as far as mean and covariance tell.
 *
 * <p>From a sample x to the next one x', mean + cos(a) (x - mean) + sin(a) (x' - mean) with a from
 * 0 to a right angle: independent deviations keep their covariance in such a sum, where a straight
 * line would lead through the mean, smoother than any sample is. It is exact for a normal
 * posterior.
 *
 * <p>Source: Hennig, "Animating samples from Gaussian distributions", Technical Report 8, Max
 * Planck Institute for Intelligent Systems 2013.
 *
 * @param samples where the way leads through, at least 1
 * @param mean of all samples
 * @param steps from a sample to the next one, at least 1
 */
public record SampleTour(List<float[]> samples, float[] mean, int steps) {

  /** Places on the way, the first sample's once. */
  public int length() {
    return samples.size() * steps;
  }

  /**
   * A place on the way.
   *
   * @param place counted from 0, which is the first sample
   */
  public float[] image(int place) {
    float[] from = samples.get(place / steps);
    float[] to = samples.get((place / steps + 1) % samples.size());
    double angle = Math.PI / 2 * (place % steps) / steps;
    double ofFrom = Math.cos(angle);
    double ofTo = Math.sin(angle);
    float[] image = new float[mean.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (mean[i] + ofFrom * (from[i] - mean[i]) + ofTo * (to[i] - mean[i]));
    }
    return image;
  }
}
