package io.github.posteriorj.command.restore;

import java.util.List;

/**
 * One of the channels that are restored, to take its number out of those that were given: one for
 * all channels, or one for each.
 *
 * @param index which of them, from 0
 * @param count how many they are
 */
record ChannelNumbers(int index, int count) {

  /** What the descriptions of inputs say that take a number for each channel. */
  static final String DESCRIPTION =
      " Or a number for each channel that is restored, with commas between them: 1.8,2.1.";

  /** An image's only channel. */
  static final ChannelNumbers ONLY = new ChannelNumbers(0, 1);

  /**
   * This channel's number.
   *
   * @param key the input
   * @param text its numbers, which were checked
   * @throws IllegalArgumentException if they are neither one nor as many as there are channels
   */
  double number(String key, String text) {
    List<String> numbers = List.of(text.split(",", -1));
    if (numbers.size() != 1 && numbers.size() != count) {
      throw new IllegalArgumentException(
          "%s has %d numbers (%s), but %s restored. Give one for all channels, or one for each.%s"
              .formatted(
                  key,
                  numbers.size(),
                  text,
                  count == 1 ? "1 channel is" : count + " channels are",
                  numbers.size() == 2
                      ? " Write a decimal with a point: " + text.replace(',', '.') + "."
                      : ""));
    }
    return Double.parseDouble(numbers.get(numbers.size() == 1 ? 0 : index).strip());
  }
}
