package io.github.posteriorj.imagej.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A user's own folder, with a prior and a quality that come from elsewhere. */
final class HomeFolder {

  private static final String QUICK =
      """
      description: For a test that has no time.
      samples: 8
      generation_steps: 1
      method:
        kind: noise-space Langevin
        chains: 2
        restarts: 1
        warm_start: randomise-then-optimise
        warm_start_steps: 5
        integrator: underdamped Langevin
        preconditioning: low-rank
        step_size: 0.0
        burn_in: 1
        thinning: 1
        target_ess: 0.0
        max_gradients: 5000
      """;

  private HomeFolder() {}

  /** Writes the prior "users-own" and the quality "quick". */
  static void write(Path home) throws IOException {
    Path prior = Files.createDirectories(home.resolve("models").resolve("users-own"));
    List<Path> files;
    try (Stream<Path> bundled = Files.list(Path.of("models", "microscopy-64"))) {
      files = bundled.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.copy(file, prior.resolve(file.getFileName()));
    }
    Path qualities = Files.createDirectories(home.resolve("qualities"));
    Files.writeString(qualities.resolve("quick.yaml"), QUICK);
  }
}
