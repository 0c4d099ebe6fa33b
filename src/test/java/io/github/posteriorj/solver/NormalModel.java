package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Networks of the prior N(0, {@value #VARIANCE} I), exact at all levels: D(x, t) = x / (1 + t^2 /
 * P), f(x, t) = x / sqrt(1 + t^2 / P).
 */
final class NormalModel {

  static final double VARIANCE = 0.25;

  private static final String[] SHRINKAGE = {
    "level = torch.reshape(sigma, [-1, 1, 1, 1])",
    "shrinkage = torch.add(torch.mul(torch.mul(level, level), 4.0), 1.0)",
  };

  private NormalModel() {}

  /** Writes and opens both networks. */
  static ConsistencyModel in(Path folder) throws IOException {
    return PriorFolders.open(write(folder));
  }

  /** Writes both networks. */
  static Path write(Path folder) throws IOException {
    return PriorFolders.addDenoiser(
        writeConsistency(folder),
        SHRINKAGE[0],
        SHRINKAGE[1],
        "return torch.mul(x, torch.reciprocal(shrinkage))");
  }

  /** Writes and opens the consistency model alone. */
  static ConsistencyModel withoutDenoiser(Path folder) throws IOException {
    return PriorFolders.open(writeConsistency(folder));
  }

  private static Path writeConsistency(Path folder) throws IOException {
    return PriorFolders.write(
        folder, 8, SHRINKAGE[0], SHRINKAGE[1], "return torch.mul(x, torch.rsqrt(shrinkage))");
  }

  /** A measurement of an image of the prior, with white noise. */
  static InverseProblem problem(
      GenerativeModel model, ForwardOperator operator, double noise, Shape image, long seed) {
    GaussianLikelihood likelihood = new GaussianLikelihood(noise);
    RandomStream random = RandomStream.of(77, 0);
    try (NDManager scope = model.newScope()) {
      float[] white = random.gaussian((int) image.size());
      NDArray sharp =
          DeviceArrays.copyOf(scope, white, new Shape(1).addAll(image))
              .mul((float) Math.sqrt(VARIANCE));
      float[] y = likelihood.simulate(operator.apply(sharp).toFloatArray(), random);
      return new InverseProblem(model, 1, operator, likelihood, y, image, seed);
    }
  }
}
