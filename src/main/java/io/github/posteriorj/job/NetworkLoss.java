package io.github.posteriorj.job;

import io.github.posteriorj.text.Labelled;

/** By what a network's output is compared with what it shall be. */
public enum NetworkLoss implements Labelled {
  /** The output is the measurement, with noise. */
  SQUARED_ERROR("squared error"),

  /** The output are logits of classes, one set or one for each pixel. */
  CROSS_ENTROPY("cross-entropy"),

  /** The output is an embedding; its direction counts. */
  COSINE("cosine"),

  /** The output is the loss. */
  OWN_SCALAR("own scalar");

  private final String label;

  NetworkLoss(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The loss of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static NetworkLoss labelled(String label) {
    return Labelled.find(values(), "loss", label);
  }
}
