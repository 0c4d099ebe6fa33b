package io.github.posteriorj.benchmark;

import io.github.posteriorj.job.JobYaml;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.PriorChoice;
import io.github.posteriorj.job.Resources;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A benchmark as a value: each method restores what each operator measures of each image.
 *
 * @param images the folder of the sharp images; a relative path begins at the configuration's file
 * @param names which of its files, as patterns such as {@code cells*.tif}; all TIFF and PNG files
 *     where it is not given
 * @param crop side of the middle of each image that is used, in pixels, at least {@value #LEAST}
 * @param operators what measures
 * @param methods what restores
 * @param tuned a file of settings that a search has found, if there is one ({@link TunedSettings})
 * @param features a network that gives one row of features for each image [1, H, W] of intensities
 *     from -1 to 1, by which the diversity of samples is judged, if it is
 * @param prior what sharp images look like
 * @param samples how many each method draws of a measurement, at least 2
 * @param seed the seed of all that is random
 * @param device where networks run, such as cpu
 */
public record BenchmarkConfiguration(
    String images,
    Optional<String> names,
    int crop,
    List<BenchmarkOperator> operators,
    List<BenchmarkMethod> methods,
    Optional<String> tuned,
    Optional<NetworkChoice> features,
    PriorChoice prior,
    int samples,
    long seed,
    String device) {

  /** Structural similarity needs as many pixels a side. */
  private static final int LEAST = 11;

  private static final String ALL_IMAGES = "*.tif *.tiff *.png";

  /**
   * Checks the numbers and the names.
   *
   * @throws IllegalArgumentException if something is missing, too small, or there twice; the
   *     message says what
   */
  public BenchmarkConfiguration {
    if (crop < LEAST) {
      throw new IllegalArgumentException("crop must be %d or more, not %d.".formatted(LEAST, crop));
    }
    if (samples < 2) {
      throw new IllegalArgumentException("samples must be 2 or more, not %d.".formatted(samples));
    }
    checkNames("operators", operators.stream().map(BenchmarkOperator::name).toList());
    checkNames(
        "methods",
        methods.stream()
            .flatMap(method -> method.candidates().stream())
            .map(BenchmarkMethod::name)
            .toList());
    checkFiles(operators);
  }

  /** Each operator has plots of its own. */
  private static void checkFiles(List<BenchmarkOperator> operators) {
    Map<String, String> names = new HashMap<>();
    for (BenchmarkOperator operator : operators) {
      String other = names.put(ResultPlots.fileName(operator.name()), operator.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "the operators \"%s\" and \"%s\" would have the same files of plots. Give names that differ in letters or digits."
                .formatted(other, operator.name()));
      }
    }
  }

  private static void checkNames(String key, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("the list \"%s\" is empty.".formatted(key));
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "the name \"%s\" is twice in \"%s\". Give each its own.".formatted(name, key));
      }
    }
  }

  /**
   * Reads a configuration.
   *
   * @param resources where large planes are found, which are not in the text
   * @throws IOException if the file cannot be read, or is none; the message says where and why
   */
  public static BenchmarkConfiguration read(Path file, Resources resources) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no text in UTF-8. Give a benchmark as YAML.", e);
    }
    return JobYaml.of(resources).read(BenchmarkConfiguration.class, text, file.toString());
  }

  /**
   * The folder of the images.
   *
   * @param file the configuration's own
   */
  public Path imageFolder(Path file) {
    return file.toAbsolutePath().resolveSibling(images).normalize();
  }

  /**
   * The settings that were found by a search, for the operators and methods of this benchmark; none
   * where it names no file of them.
   *
   * @param file the configuration's own
   * @throws IOException if the file cannot be read, or is of other operators or methods; the
   *     message says what there is
   */
  public TunedSettings tunedSettings(Path file) throws IOException {
    if (tuned.isEmpty()) {
      return TunedSettings.NONE;
    }
    Path found = file.toAbsolutePath().resolveSibling(tuned.get()).normalize();
    TunedSettings settings = TunedSettings.read(found);
    try {
      settings.checkFor(this);
    } catch (IllegalArgumentException e) {
      throw new IOException(found + ": " + e.getMessage(), e);
    }
    return settings;
  }

  /** Whether methods have settings to be searched for. */
  boolean isSearch() {
    return methods.stream().anyMatch(method -> !method.tune().isEmpty());
  }

  /** The patterns of the images' names. */
  public String patterns() {
    return names.orElse(ALL_IMAGES);
  }
}
