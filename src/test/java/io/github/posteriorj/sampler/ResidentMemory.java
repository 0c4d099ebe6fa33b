package io.github.posteriorj.sampler;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Samples with the bundled prior and prints the process's resident memory in kilobytes after 500
 * steps and at the end, 5,000 steps unless an argument gives another number. For Linux.
 */
public final class ResidentMemory {

  static final int EARLY = 500;
  static final int LATE = 5000;

  private ResidentMemory() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException {
    int late = arguments.length > 0 ? Integer.parseInt(arguments[0]) : LATE;
    Shape shape = new Shape(1, 16, 16);
    float[] y = RandomStream.of(1, 0).gaussian(Math.toIntExact(shape.size()));
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      Posterior posterior =
          new Posterior(
              new CroppedPrior(model.oneStep(), shape),
              new GaussianBlur(2),
              new GaussianLikelihood(0.5),
              y,
              model::newScope);
      SamplerSettings settings =
          SamplerSettings.standard(2, 1)
              .withChains(1)
              .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 100)
              .withIntegrator(Integrator.EULER_MARUYAMA, 1e-5)
              .withPreconditioning(Preconditioning.NONE)
              .withTransitions(late - 200, 50);
      new PosteriorSampler(settings)
          .run(
              posterior,
              sample -> {},
              (stage, done, total) -> {
                if (done == EARLY || done == late) {
                  System.out.println(residentKilobytes());
                }
              });
    }
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
