package io.github.posteriorj.solver;

import java.util.Arrays;

/** The time of a piece of work, by doing it. */
final class MedianTime {

  /** The median of so many tells, where other programs get in the way of one. */
  private static final int TIMES = 3;

  private static final double NANOSECOND = 1e-9;

  private MedianTime() {}

  /** Seconds that a piece of work takes, once it has been done before. */
  static double seconds(Runnable work) {
    work.run();
    long[] times = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long begun = System.nanoTime();
      work.run();
      times[i] = System.nanoTime() - begun;
    }
    Arrays.sort(times);
    return NANOSECOND * times[TIMES / 2];
  }
}
