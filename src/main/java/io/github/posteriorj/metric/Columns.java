package io.github.posteriorj.metric;

/** Samples of many values, seen value by value. */
record Columns(float[][] samples) {

  /**
   * Checks samples against a truth.
   *
   * @throws IllegalArgumentException if there are fewer than 2 samples, or sizes differ
   */
  static Columns of(float[][] samples, float[] truth) {
    if (samples.length < 2) {
      throw new IllegalArgumentException(
          "A spread needs 2 samples or more, not " + samples.length + ".");
    }
    for (float[] sample : samples) {
      if (sample.length != truth.length) {
        throw new IllegalArgumentException("The samples and the truth differ in size.");
      }
    }
    return new Columns(samples);
  }

  /** All samples of one value, in a new array. */
  double[] column(int value) {
    double[] column = new double[samples.length];
    for (int sample = 0; sample < column.length; sample++) {
      column[sample] = samples[sample][value];
    }
    return column;
  }
}
