package io.github.posteriorj.prior;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The constants that belong to a network: what its file does not tell.
 *
 * @param sigmaMin noise level below which an image counts as clean
 * @param sigmaMax noise level of pure noise
 * @param sigmaData standard deviation of the training images' values
 * @param low the model's value for black
 * @param high the model's value for white
 * @param channels number of image channels
 * @param sizeMultiple the network takes heights and widths that are multiples of this
 * @param minimumSize the smallest image height and width, in pixels
 * @param gradientBytesPerPixel memory that the network and its gradient take for each pixel
 */
public record PriorConstants(
    double sigmaMin,
    double sigmaMax,
    double sigmaData,
    double low,
    double high,
    int channels,
    int sizeMultiple,
    int minimumSize,
    int gradientBytesPerPixel) {

  /**
   * Checks the constants.
   *
   * @throws IllegalArgumentException naming the one that cannot be
   */
  public PriorConstants {
    if (!(sigmaMin > 0) || !(sigmaMax > sigmaMin) || !Double.isFinite(sigmaMax)) {
      throw new IllegalArgumentException(
          "The noise levels must be 0 < sigma_min < sigma_max, not sigma_min = %s and sigma_max = %s."
              .formatted(sigmaMin, sigmaMax));
    }
    if (!(sigmaData > 0) || !Double.isFinite(sigmaData)) {
      throw new IllegalArgumentException(
          "sigma_data must be a positive number, not " + sigmaData + ".");
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "The model's range must go from a lower to a higher value, not from %s to %s."
              .formatted(low, high));
    }
    positive("channels", channels);
    positive("size_multiple", sizeMultiple);
    positive("minimum_size", minimumSize);
    positive("bytes_per_pixel", gradientBytesPerPixel);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value + ".");
    }
  }

  /** A card with these constants, after bioimage.io's model description 0.5. */
  CardDocument card(String name, String description, String license) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("format_version", "0.5.4");
    card.put("type", "model");
    card.put("name", name);
    card.put("description", description);
    card.put("license", license);
    card.put("inputs", List.of(image("noisy", imageSize()), levels()));
    card.put("outputs", List.of(image("clean", Map.of("tensor_id", "noisy"))));
    card.put("config", Map.of("posteriorj", block()));
    return new CardDocument(card);
  }

  private Map<String, Object> block() {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("sigma_min", sigmaMin);
    block.put("sigma_max", sigmaMax);
    block.put("sigma_data", sigmaData);
    block.put("value_range", List.of(low, high));
    block.put("size_multiple", sizeMultiple);
    block.put("minimum_size", minimumSize);
    block.put("channels", channels);
    block.put("gradient_bytes_per_pixel", gradientBytesPerPixel);
    return block;
  }

  private Map<String, Object> imageSize() {
    int least = (minimumSize + sizeMultiple - 1) / sizeMultiple * sizeMultiple;
    return Map.of("min", least, "step", sizeMultiple);
  }

  private Map<String, Object> image(String id, Map<String, Object> size) {
    List<Object> axes = new ArrayList<>();
    axes.add(Map.of("type", "batch"));
    axes.add(
        Map.of(
            "type",
            "channel",
            "channel_names",
            IntStream.range(0, channels).mapToObj(c -> "channel" + c).toList()));
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
