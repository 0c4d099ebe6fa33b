package io.github.posteriorj.profile;

import io.github.posteriorj.text.Labelled;

/** The kinds of a camera's noise. */
public enum NoiseKind implements Labelled {

  /** White noise of one level, or of one for each pixel. */
  GAUSSIAN(NoiseKind.GAUSSIAN_LABEL),

  /** Photons. */
  POISSON(NoiseKind.POISSON_LABEL),

  /** Photons and read noise. */
  POISSON_GAUSSIAN(NoiseKind.POISSON_GAUSSIAN_LABEL);

  /** The label of {@link #GAUSSIAN}. */
  public static final String GAUSSIAN_LABEL = "Gaussian";

  /** The label of {@link #POISSON}. */
  public static final String POISSON_LABEL = "Poisson";

  /** The label of {@link #POISSON_GAUSSIAN}. */
  public static final String POISSON_GAUSSIAN_LABEL = "Poisson-Gaussian";

  private final String label;

  NoiseKind(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The kind of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static NoiseKind labelled(String label) {
    return Labelled.find(values(), "noise model", label);
  }
}
