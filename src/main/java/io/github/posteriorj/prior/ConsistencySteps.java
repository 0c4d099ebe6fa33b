package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    NDArray image = network.apply(purest(z), sigmaMax());
    for (Step step : between) {
      image = network.apply(noisy(image, step), step.sigma());
    }
    return image;
  }

  /** Through one step after another, from the last one on. */
  @Override
  public NDArray pullBack(NDArray z, NDArray g) {
    List<NDArray> inputs = new ArrayList<>(List.of(purest(z)));
    for (int k = 0; k < between.size(); k++) {
      inputs.add(noisy(network.apply(inputs.get(k), sigma(k)), between.get(k)));
    }
    NDArray pulled = g;
    for (int k = between.size(); k >= 0; k--) {
      pulled = network.pullBack(inputs.get(k), sigma(k), pulled);
    }
    return pulled.mul(DeviceArrays.constant(z.getManager(), sigmaMax()));
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray z) {
    return network.gradient(this::generate, this::pullBack, function, z);
  }

  /** sigma_max z. */
  private NDArray purest(NDArray z) {
    return z.mul(DeviceArrays.constant(z.getManager(), sigmaMax()));
  }

  /** u + sqrt(t_k^2 - sigma_min^2) e_k. */
  private NDArray noisy(NDArray image, Step step) {
    NDManager scope = image.getManager();
    double scale = Math.sqrt(square(step.sigma()) - square(network.constants().sigmaMin()));
    NDArray noise =
        DeviceArrays.copyOf(scope, step.noise(), step.shape())
            .mul(DeviceArrays.constant(scope, scale))
            .expandDims(0);
    return image.add(noise);
  }

  /** The noise level of a step, from 0. */
  private double sigma(int step) {
    return step == 0 ? sigmaMax() : between.get(step - 1).sigma();
  }

  private double sigmaMax() {
    return network.constants().sigmaMax();
  }

  @Override
  public Optional<Locality> locality() {
    return network.constants().locality().map(pass -> pass.repeated(between.size() + 1));
  }

  @Override
  public Shape latentShape(Shape image) {
    return network.latentShape(image);
  }

  private static double square(double value) {
    return value * value;
  }
}
