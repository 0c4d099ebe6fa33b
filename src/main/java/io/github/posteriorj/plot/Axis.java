package io.github.posteriorj.plot;

/**
 * An axis of a plot.
 *
 * @param label what it shows, with its unit
 * @param scale how numbers are laid out along it
 */
public record Axis(String label, Scale scale) {

  /** How numbers are laid out. */
  public enum Scale {
    /** Equal differences are equally long. */
    LINEAR,

    /** Equal ratios are equally long; numbers must be above 0. */
    LOGARITHMIC
  }
}
