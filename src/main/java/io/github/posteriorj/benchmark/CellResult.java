package io.github.posteriorj.benchmark;

import io.github.posteriorj.text.Labelled;
import java.util.Map;

/**
 * What became of a cell.
 *
 * @param cell which one
 * @param status whether there are samples
 * @param values what was measured of them; some quantities are not known of all methods
 * @param reason why there are none, for people; empty where there are
 */
record CellResult(Cell cell, Status status, Map<Quantity, Double> values, String reason) {

  /** Whether there are samples. */
  enum Status implements Labelled {
    /** There are. */
    DONE("done"),

    /** The method is not for such a problem. */
    NOT_ALLOWED("not allowed"),

    /**
     * The method broke off: it met numbers that are not finite, or a setting does not suit the
     * problem.
     */
    FAILED("failed");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }
}
