package io.github.posteriorj.profile;

import io.github.posteriorj.solver.Method;
import io.github.posteriorj.solver.MethodSettings;
import io.github.posteriorj.text.RecordYaml;
import java.nio.file.Path;
import java.util.List;

/**
 * How well, and for how long, a posterior is sampled.
 *
 * @param description for people
 * @param samples sharp images to draw, at least 2
 * @param generationSteps steps of the prior from noise to image
 * @param method how samples are drawn
 */
public record Quality(String description, int samples, int generationSteps, Method method) {

  /** The name of the quality that is taken unless another one is chosen. */
  public static final String USUAL = "standard";

  private static final int FEWEST_SAMPLES = 2;

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if there are too few to tell a variance
   */
  public Quality {
    if (samples < FEWEST_SAMPLES) {
      throw new IllegalArgumentException(
          "samples must be %d or more, not %d.".formatted(FEWEST_SAMPLES, samples));
    }
  }

  /**
   * The qualities that come with the program, and those that a user has saved.
   *
   * @param folder the user's own
   */
  public static Profiles<Quality> all(Path folder) {
    return new Profiles<>(
        Quality.class,
        MethodSettings.in(RecordYaml.PLAIN),
        "quality",
        "qualities",
        List.of("preview", USUAL, "thorough", "as in the papers"),
        folder);
  }
}
