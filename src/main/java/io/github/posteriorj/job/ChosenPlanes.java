package io.github.posteriorj.job;

import java.util.ArrayList;
import java.util.List;

/**
 * The planes of an image that are restored.
 *
 * @param channels their channels, ascending, at least one
 * @param slices their slices along Z, ascending, at least one
 * @param frames their frames in time, ascending, at least one
 */
public record ChosenPlanes(List<Integer> channels, List<Integer> slices, List<Integer> frames) {

  /** The places, channels running fastest and frames slowest, as in ImageJ's stacks. */
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int frame : frames) {
      for (int slice : slices) {
        for (int channel : channels) {
          places.add(new Place(channel, slice, frame));
        }
      }
    }
    return places;
  }

  /** The first place. */
  public Place first() {
    return new Place(channels.get(0), slices.get(0), frames.get(0));
  }

  /** How many planes they are. */
  public int count() {
    return channels.size() * slices.size() * frames.size();
  }

  /** For people. */
  @Override
  public String toString() {
    return "%d (channels %s, slices %s, frames %s)"
        .formatted(count(), text(channels), text(slices), text(frames));
  }

  private static String text(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    int start = 0;
    for (int i = 1; i <= numbers.size(); i++) {
      boolean goesOn = i < numbers.size() && numbers.get(i) == numbers.get(i - 1) + 1;
      if (!goesOn) {
        text.append(text.isEmpty() ? "" : ",").append(numbers.get(start));
        text.append(i - 1 > start ? "-" + numbers.get(i - 1) : "");
        start = i;
      }
    }
    return text.toString();
  }
}
