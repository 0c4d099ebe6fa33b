package io.github.posteriorj.diagnostic;

/** Mean and unbiased variance of numbers that arrive one after another (Welford 1962). */
final class Moments {

  private long count;
  private double mean;
  private double squares;

  static Moments of(double[] values) {
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    return moments;
  }

  void add(double value) {
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }

  double mean() {
    return mean;
  }

  double variance() {
    return squares / (count - 1);
  }
}
