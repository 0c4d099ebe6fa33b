package io.github.posteriorj.prior;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is to be known of a prior besides its weights: the card {@code rdf.yaml} beside them.
 *
 * <p>A card is a bioimage.io model description (format 0.5) with a block {@code config:
 * posteriorj:} for the constants that sampling needs.
 *
 * @param name the prior's name for people
 * @param network the TorchScript file, absolute
 * @param sha256 the SHA-256 hash of that file, 64 lower-case hexadecimal digits
 * @param sigmaMin noise level below which an image counts as clean (sigma_min), in the model's
 *     range
 * @param sigmaMax noise level of pure noise (sigma_max), in the model's range
 * @param low the model's value for black
 * @param high the model's value for white, the brightest structures of an ordinary image; there may
 *     be brighter ones
 * @param sizeMultiple the network takes heights and widths that are multiples of this
 * @param minimumSize the smallest image height and width the prior is meant for, in pixels
 * @param channels number of image channels
 * @param gradientBytesPerPixel memory that the network and its gradient take for each pixel of
 *     noise
 * @param intermediateSigma the noise level of the second of two generation steps (t*), if the card
 *     recommends one
 */
public record PriorCard(
    String name,
    Path network,
    String sha256,
    double sigmaMin,
    double sigmaMax,
    double low,
    double high,
    int sizeMultiple,
    int minimumSize,
    int channels,
    int gradientBytesPerPixel,
    OptionalDouble intermediateSigma) {

  /** The card's file name, fixed by bioimage.io. */
  public static final String FILE_NAME = "rdf.yaml";

  private static final String DENOISER = "denoiser";

  /**
   * Reads the card of a prior's folder.
   *
   * @throws NoSuchFileException if there is no such folder, or it has no card
   * @throws IOException if the card cannot be read, is no YAML, or lacks an entry; the message
   *     names the entry
   */
  public static PriorCard read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "There is no such folder.");
    }
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          folder.toString(), null, "This folder is no prior: it has no card " + FILE_NAME + ".");
    }
    Entries card = Entries.of(file);
    Entries weights = card.child("weights").child("torchscript");
    Entries constants = card.child("config").child("posteriorj");
    List<Double> range = constants.numbers("value_range");
    if (range.size() != 2
        || !(range.get(0) < range.get(1))
        || !Double.isFinite(range.get(1) - range.get(0))) {
      throw constants.wrong("value_range", "must be two rising numbers, such as [-1, 1]");
    }
    double sigmaMin = constants.positive("sigma_min");
    double sigmaMax = constants.positive("sigma_max");
    if (sigmaMin >= sigmaMax) {
      throw constants.wrong("sigma_min", "must be smaller than sigma_max");
    }
    return new PriorCard(
        card.text("name"),
        folder.resolve(weights.text("source")).toAbsolutePath(),
        constants.text("sha256"),
        sigmaMin,
        sigmaMax,
        range.get(0),
        range.get(1),
        constants.count("size_multiple"),
        constants.count("minimum_size"),
        constants.count("channels"),
        constants.count("gradient_bytes_per_pixel"),
        constants.has("intermediate_sigma")
            ? OptionalDouble.of(constants.positive("intermediate_sigma"))
            : OptionalDouble.empty());
  }

  /**
   * Reads the card of a prior's folder for its denoiser, the diffusion model with the same
   * constants: with the denoiser's file and hash in place of the consistency model's.
   *
   * @throws IOException as {@link #read} does, or if the card names no denoiser
   */
  public static PriorCard readDenoiser(Path folder) throws IOException {
    PriorCard card = read(folder);
    Entries constants = Entries.of(folder.resolve(FILE_NAME)).child("config").child("posteriorj");
    if (!constants.has(DENOISER)) {
      throw new IOException(
          "The prior \""
              + card.name
              + "\" has no denoiser, which the probability flow needs. Use"
              + " generator=[consistency model], or a prior whose card names a denoiser.");
    }
    Entries denoiser = constants.child(DENOISER);
    return new PriorCard(
        card.name,
        folder.resolve(denoiser.text("source")).toAbsolutePath(),
        denoiser.text("sha256"),
        card.sigmaMin,
        card.sigmaMax,
        card.low,
        card.high,
        card.sizeMultiple,
        card.minimumSize,
        card.channels,
        card.gradientBytesPerPixel,
        card.intermediateSigma);
  }

  /**
   * The smallest noise from which the network makes an image of a given size.
   *
   * @param image [C, H, W]
   * @throws IllegalArgumentException if it makes no such images, saying which it makes
   */
  Shape noiseShape(Shape image) {
    long height = image.get(1);
    long width = image.get(2);
    if (image.get(0) != channels) {
      throw new IllegalArgumentException(
          "The prior \"%s\" makes images of %d channel(s), not of %d."
              .formatted(name, channels, image.get(0)));
    }
    if (Math.min(height, width) < minimumSize) {
      throw new IllegalArgumentException(
          ("The image is too small: %d x %d pixels. The prior \"%s\" needs at least %d x %d."
                  + " Choose a larger field.")
              .formatted(width, height, name, minimumSize, minimumSize));
    }
    return new Shape(image.get(0), roundUp(height), roundUp(width));
  }

  private long roundUp(long size) {
    return (size + sizeMultiple - 1) / sizeMultiple * sizeMultiple;
  }

  /**
   * Checks that the network's file, if there is one, is the one that this card describes.
   *
   * @throws IOException if its hash is another one
   */
  public void checkNetwork() throws IOException {
    if (!Files.isRegularFile(network)) {
      return;
    }
    String found = hashOf(network);
    if (!found.equals(sha256)) {
      throw new IOException(
          "The weights "
              + network
              + " are not the ones that the card of the prior describes (hash "
              + abbreviated(found)
              + ", expected "
              + abbreviated(sha256)
              + "): the file is truncated, damaged or another one. Install the prior again.");
    }
  }

  private static String abbreviated(String hash) {
    return hash.substring(0, Math.min(12, hash.length())) + "...";
  }

  /**
   * The SHA-256 hash of a network's file, as cards have it: 64 lower-case hexadecimal digits.
   *
   * @throws IOException if the file cannot be read
   */
  public static String hashOf(Path network) throws IOException {
    return ConsistencyModel.sha256(network);
  }

  /** A block of the card's entries that knows its place for error messages. */
  private record Entries(Path file, String path, Map<?, ?> map) {

    static Entries of(Path file) throws IOException {
      return new Entries(file, "", CardDocument.of(file).entries());
    }

    Entries child(String key) throws IOException {
      if (map.get(key) instanceof Map<?, ?> block) {
        return new Entries(file, path + key + ": ", block);
      }
      throw wrong(key, "is missing");
    }

    boolean has(String key) {
      return map.get(key) != null;
    }

    String text(String key) throws IOException {
      if (map.get(key) instanceof String text && !text.isBlank()) {
        return text;
      }
      throw wrong(key, "is missing or is no text");
    }

    double positive(String key) throws IOException {
      if (map.get(key) instanceof Number number
          && number.doubleValue() > 0
          && Double.isFinite(number.doubleValue())) {
        return number.doubleValue();
      }
      throw wrong(key, "is missing or is no positive number");
    }

    int count(String key) throws IOException {
      if (map.get(key) instanceof Integer count && count > 0) {
        return count;
      }
      throw wrong(key, "is missing or is no positive whole number");
    }

    List<Double> numbers(String key) throws IOException {
      if (map.get(key) instanceof List<?> list
          && list.stream().allMatch(Number.class::isInstance)) {
        return list.stream().map(number -> ((Number) number).doubleValue()).toList();
      }
      throw wrong(key, "is missing or is no list of numbers");
    }

    IOException wrong(String key, String problem) {
      return new IOException(
          "The card "
              + file
              + " cannot be used: its entry \""
              + path
              + key
              + "\" "
              + problem
              + ".");
    }
  }
}
