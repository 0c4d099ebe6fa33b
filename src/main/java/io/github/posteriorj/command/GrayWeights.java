package io.github.posteriorj.command;

import io.github.posteriorj.operator.ColorToGray;

/** How commands make gray of colours. */
public final class GrayWeights {

  /** As the eye weighs them. */
  public static final String LUMA = "luma";

  /** All alike. */
  public static final String MEAN = "mean";

  private GrayWeights() {}

  /** The operator of one of the names above. */
  public static ColorToGray labelled(String name) {
    return name.equals(MEAN) ? ColorToGray.mean() : ColorToGray.luma();
  }
}
