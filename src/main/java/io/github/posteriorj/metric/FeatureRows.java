package io.github.posteriorj.metric;

import java.util.Arrays;
import java.util.stream.Stream;

/** Sets of features, one row for each image. */
final class FeatureRows {

  private FeatureRows() {}

  /**
   * Checks two sets.
   *
   * @throws IllegalArgumentException if one has fewer than 2 rows, or features differ in number
   */
  static void check(float[][] a, float[][] b) {
    if (a.length < 2 || b.length < 2) {
      throw new IllegalArgumentException(
          "Sets of features need 2 rows or more, not %d and %d.".formatted(a.length, b.length));
    }
    int features = a[0].length;
    if (Stream.of(a, b).flatMap(Arrays::stream).anyMatch(row -> row.length != features)) {
      throw new IllegalArgumentException("The rows have different numbers of features.");
    }
  }
}
