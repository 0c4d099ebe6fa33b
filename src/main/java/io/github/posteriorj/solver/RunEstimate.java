package io.github.posteriorj.solver;

import java.util.Locale;

/**
 * What a run will take, told before it begins.
 *
 * @param seconds how long it will take
 * @param bytes the memory of its network passes, besides Java's own
 */
public record RunEstimate(double seconds, double bytes) {

  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double MEBIBYTE = 1L << 20;
  private static final double GIBIBYTE = 1L << 30;

  /** For people: "about 12 min, 1.3 GB of memory". */
  @Override
  public String toString() {
    return "about " + time() + ", " + memory() + " of memory";
  }

  private String time() {
    if (seconds < 1.5 * MINUTE) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    return seconds < 1.5 * HOUR
        ? Math.round(seconds / MINUTE) + " min"
        : Math.round(seconds / HOUR) + " h";
  }

  private String memory() {
    return bytes < GIBIBYTE
        ? Math.max(1, Math.round(bytes / MEBIBYTE)) + " MB"
        : String.format(Locale.ROOT, "%.1f GB", bytes / GIBIBYTE);
  }
}
