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
 * @param samples sharp images to draw
 * @param generationSteps steps of the prior from noise to image
 * @param method how samples are drawn
 */
public record Quality(String description, int samples, int generationSteps, Method method) {

  /** The name of the quality that is taken unless another one is chosen. */
  public static final String USUAL = "standard";

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
