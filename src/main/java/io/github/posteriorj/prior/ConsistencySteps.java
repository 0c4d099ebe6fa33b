package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.List;
import java.util.Optional;

/**
 * The prior of a consistency function f: u_1 = f(sigma_max z, sigma_max), u_k = f(u_(k-1) +
 * sqrt(t_k^2 - sigma_min^2) e_k, t_k), Phi(z) = u_K, with noise e_k that stays the same.
 *
 * <p>Source: Song et al. 2023, algorithm 1.
 *
 * @param network f
 * @param between the second and later steps
 */
record ConsistencySteps(PriorNetwork network, List<Step> between) implements Prior {

  /**
   * A step after the first one.
   *
   * @param sigma its noise level t_k
   * @param noise e_k
   * @param shape [C, H, W]
   */
  record Step(double sigma, float[] noise, Shape shape) {}

  @Override
  public NDArray generate(NDArray z) {
    NDManager scope = z.getManager();
    double sigmaMax = network.constants().sigmaMax();
    NDArray image = network.apply(z.mul(DeviceArrays.constant(scope, sigmaMax)), sigmaMax);
    for (Step step : between) {
      double scale = Math.sqrt(square(step.sigma()) - square(network.constants().sigmaMin()));
      NDArray noise =
          DeviceArrays.copyOf(scope, step.noise(), step.shape())
              .mul(DeviceArrays.constant(scope, scale))
              .expandDims(0);
      image = network.apply(image.add(noise), step.sigma());
    }
    return image;
  }

  @Override
  public Optional<Locality> locality() {
    return network.constants().locality().map(pass -> pass.repeated(between.size() + 1));
  }

  @Override
  public Shape noiseShape(Shape image) {
    return network.noiseShape(image);
  }

  private static double square(double value) {
    return value * value;
  }
}
