package io.github.posteriorj.ensemble;

import io.github.posteriorj.sampler.OnlineMoments;

/** A function of the pixels' mean and standard deviation (n - 1 in the denominator). */
final class Spread implements PixelStatistic {

  /** A number that follows from the two. */
  @FunctionalInterface
  interface Of {
    double of(double mean, double deviation);
  }

  private final Of function;
  private OnlineMoments moments;

  Spread(Of function) {
    this.function = function;
  }

  @Override
  public void add(float[] image, int chain) {
    if (moments == null) {
      moments = new OnlineMoments(image.length);
    }
    moments.add(image);
  }

  @Override
  public float[] values() {
    float[] means = moments.mean();
    float[] values = moments.variance();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) function.of(means[i], Math.sqrt(values[i]));
    }
    return values;
  }
}
