package io.github.posteriorj.library;

import io.github.posteriorj.prior.PriorConstants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a network without a card is called, and what belongs to it.
 *
 * @param title the prior's name for people
 * @param description what it makes and where it comes from
 * @param license SPDX identifier of its licence
 * @param sigmaData standard deviation of the training images' values
 * @param constants its constants
 */
public record NetworkDescription(
    String title, String description, String license, double sigmaData, PriorConstants constants) {

  /**
   * Checks the deviation.
   *
   * @throws IllegalArgumentException if it is no positive number
   */
  public NetworkDescription {
    if (!(sigmaData > 0) || !Double.isFinite(sigmaData)) {
      throw new IllegalArgumentException(
          "sigma_data must be a positive number, not " + sigmaData + ".");
    }
  }

  /** A card that says so, after bioimage.io's model description 0.5. */
  CardDocument card() {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("format_version", "0.5.4");
    card.put("type", "model");
    card.put("name", title);
    card.put("description", description);
    card.put("license", license);
    card.put("inputs", List.of(image("noisy", imageSize()), levels()));
    card.put("outputs", List.of(image("clean", Map.of("tensor_id", "noisy"))));
    card.put("config", Map.of("posteriorj", block()));
    return new CardDocument(card);
  }

  private Map<String, Object> block() {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("sigma_min", constants.sigmaMin());
    block.put("sigma_max", constants.sigmaMax());
    block.put("sigma_data", sigmaData);
    block.put("value_range", List.of(constants.low(), constants.high()));
    block.put("size_multiple", constants.sizeMultiple());
    block.put("minimum_size", constants.minimumSize());
    block.put("channels", constants.channels());
    block.put("gradient_bytes_per_pixel", constants.gradientBytesPerPixel());
    constants.reach().ifPresent(reach -> block.put("reach", reach));
    return block;
  }

  private Map<String, Object> imageSize() {
    return Map.of(
        "min", constants.roundUp(constants.minimumSize()), "step", constants.sizeMultiple());
  }

  private Map<String, Object> image(String id, Map<String, Object> size) {
    List<Object> axes = new ArrayList<>();
    axes.add(Map.of("type", "batch"));
    axes.add(
        Map.of(
            "type",
            "channel",
            "channel_names",
            IntStream.range(0, constants.channels()).mapToObj(c -> "channel" + c).toList()));
    for (String axis : List.of("y", "x")) {
      Map<String, Object> extent = new LinkedHashMap<>(size);
      if (size.containsKey("tensor_id")) {
        extent.put("axis_id", axis);
      }
      axes.add(Map.of("type", "space", "id", axis, "size", extent));
    }
    return ordered("id", id, "axes", axes, "data", Map.of("type", "float32"));
  }

  private static Map<String, Object> levels() {
    return ordered(
        "id", "sigma", "axes", List.of(Map.of("type", "batch")), "data", Map.of("type", "float32"));
  }

  private static Map<String, Object> ordered(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
