package io.github.posteriorj.operator;

/** What a mask leaves of a measurement. */
public final class MaskedValues {

  private MaskedValues() {}

  /** Which values a mask shows. */
  public static boolean[] observed(PixelMask mask) {
    float[] visible = mask.values();
    boolean[] observed = new boolean[visible.length];
    for (int i = 0; i < observed.length; i++) {
      observed[i] = visible[i] > 0;
    }
    return observed;
  }

  /** A measurement, NaN where the operator is a mask and hides the value. */
  public static float[] withGaps(ForwardOperator operator, float[] y) {
    float[] seen = y.clone();
    if (operator instanceof PixelMask mask) {
      boolean[] observed = observed(mask);
      for (int i = 0; i < seen.length; i++) {
        seen[i] = observed[i] ? seen[i] : Float.NaN;
      }
    }
    return seen;
  }
}
