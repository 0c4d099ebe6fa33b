package io.github.posteriorj.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One of several choices that people know by a label. */
public interface Labelled {

  /** The name for dialogs, macros and summaries. */
  String label();

  /**
   * The choice of a given label.
   *
   * @param choices all that there are
   * @param what what they are, such as "integrator", for the message
   * @param label of the one to find
   * @throws IllegalArgumentException if there is none; the message lists the labels
   */
  static <T extends Labelled> T find(T[] choices, String what, String label) {
    return Arrays.stream(choices)
        .filter(choice -> choice.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no %s \"%s\". Use one of: %s."
                        .formatted(
                            what,
                            label,
                            Arrays.stream(choices)
                                .map(Labelled::label)
                                .collect(Collectors.joining(", ")))));
  }
}
