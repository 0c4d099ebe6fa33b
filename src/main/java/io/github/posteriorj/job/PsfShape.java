package io.github.posteriorj.job;

import io.github.posteriorj.text.Labelled;

/** The shapes of point spread functions that are computed. */
public enum PsfShape implements Labelled {
  /** A Gaussian. */
  GAUSSIAN("Gaussian"),

  /** An Airy disk: in focus. */
  AIRY("Airy"),

  /** Born and Wolf's: out of focus. */
  BORN_WOLF("Born-Wolf");

  private final String label;

  PsfShape(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The shape of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static PsfShape labelled(String label) {
    return Labelled.find(values(), "point spread function", label);
  }
}
