package io.github.posteriorj.job;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which planes of an image are restored: those of the chosen channels, slices and frames.
 *
 * <pre>{@code
 * new PlaneChoice("1", "1-3,5", "all").of(new ImageAxes(2, 9, 1)) // four planes of channel 1
 * }</pre>
 *
 * @param channels numbers and ranges such as {@code 1-3,5}, counted from 1, or {@value #ALL}
 * @param slices the same along Z
 * @param frames the same in time
 */
public record PlaneChoice(String channels, String slices, String frames) {

  /** What stands for every number that there is. */
  public static final String ALL = "all";

  /** Every plane there is. */
  public static final PlaneChoice EVERY = new PlaneChoice(ALL, ALL, ALL);

  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\d{1,9})\\s*(?:-\\s*(\\d{1,9})\\s*)?");

  /** One plane alone. */
  public static PlaneChoice only(Place place) {
    return new PlaneChoice(
        String.valueOf(place.channel()),
        String.valueOf(place.slice()),
        String.valueOf(place.frame()));
  }

  /** Whether no channel is left out, however many there are. */
  boolean hasAllChannels() {
    return channels.strip().equals(ALL);
  }

  /**
   * The chosen planes of an image.
   *
   * @throws IllegalArgumentException if a text is no list of numbers, or the image has not got so
   *     many; the message says what it has
   */
  public ChosenPlanes of(ImageAxes axes) {
    return new ChosenPlanes(
        numbers("channels", channels, axes.channels()),
        numbers("slices", slices, axes.slices()),
        numbers("frames", frames, axes.frames()));
  }

  private static List<Integer> numbers(String key, String text, int count) {
    TreeSet<Integer> chosen = new TreeSet<>();
    if (text.strip().equals(ALL)) {
      text = "1-" + count;
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "No plane is chosen: %s is empty. Write numbers from 1 to %d, such as %s=%s, or %s=%s."
              .formatted(key, count, key, example(count), key, ALL));
    }
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw new IllegalArgumentException(
            "%s must be numbers and ranges with commas between them, such as 1-3,5, or %s; it is \"%s\"."
                .formatted(key, ALL, text));
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first > last) {
        throw new IllegalArgumentException(
            "No plane is chosen: %s=%s counts down. Write %d-%d."
                .formatted(key, part.strip(), last, first));
      }
      if (first < 1 || last > count) {
        throw new IllegalArgumentException(
            "%s=%s asks for number %d, but the image's %s are numbered from 1 to %d."
                .formatted(key, text, first < 1 ? first : last, key, count));
      }
      for (int number = first; number <= last; number++) {
        chosen.add(number);
      }
    }
    return new ArrayList<>(chosen);
  }

  private static String example(int count) {
    return count == 1 ? "1" : "1-" + count;
  }
}
