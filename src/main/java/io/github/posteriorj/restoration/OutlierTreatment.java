package io.github.posteriorj.restoration;

import io.github.posteriorj.text.Labelled;

/** What is done about a measurement's outliers, once they are found and told of. */
public enum OutlierTreatment implements Labelled {
  /** They are believed like all other pixels. */
  KEEP("keep"),

  /** They count as not observed. */
  HIDE("hide");

  private final String label;

  OutlierTreatment(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The treatment of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static OutlierTreatment labelled(String label) {
    return Labelled.find(values(), "treatment of outliers", label);
  }
}
