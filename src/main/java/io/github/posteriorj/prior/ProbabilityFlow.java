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
 * The prior of a diffusion model: Phi(z) is where the probability-flow equation dx/dt = (x - D(x,
 * t)) / t leads from x = sigma_max z at t = sigma_max to t = 0.
 *
 * <p>It is solved by K steps of Heun's method on the noise levels t_0 = sigma_max ... t_(K-1) =
 * sigma_min, t_K = 0; the last step is Euler's. The map has no random numbers of its own.
 *
 * <p>Source: Karras et al. 2022, algorithm 1 and equation 5, rho = 7.
 *
 * @param network the denoiser D
 * @param steps K, at least 1
 */
record ProbabilityFlow(PriorNetwork network, int steps) implements Prior {

  ProbabilityFlow {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "The number of generation steps must be 1 or more, not " + steps + ".");
    }
  }

  @Override
  public NDArray generate(NDArray z) {
    NDArray x = scaled(z, network.constants().sigmaMax());
    for (int step = 0; step < steps - 1; step++) {
      x = heun(x, step);
    }
    // Euler's step to t = 0 is x - t (x - D) / t = D.
    return network.apply(x, level(steps - 1));
  }

  /** x + (t' - t) (s(x, t) + s(e, t')) / 2, with Euler's e = x + (t' - t) s(x, t). */
  private NDArray heun(NDArray x, int step) {
    NDArray slope = slope(x, level(step));
    NDArray euler = x.add(scaled(slope, length(step)));
    return x.add(scaled(slope.add(slope(euler, level(step + 1))), length(step) / 2));
  }

  /** Through one step after another, from the last one on. */
  @Override
  public NDArray pullBack(NDArray z, NDArray g) {
    List<NDArray> places = new ArrayList<>(List.of(scaled(z, network.constants().sigmaMax())));
    for (int step = 0; step < steps - 1; step++) {
      places.add(heun(places.get(step), step));
    }
    NDArray pulled = network.pullBack(places.get(steps - 1), level(steps - 1), g);
    for (int step = steps - 2; step >= 0; step--) {
      pulled = pulledThroughHeun(places.get(step), step, pulled);
    }
    return scaled(pulled, network.constants().sigmaMax());
  }

  private NDArray pulledThroughHeun(NDArray x, int step, NDArray g) {
    NDArray euler = x.add(scaled(slope(x, level(step)), length(step)));
    NDArray half = scaled(g, length(step) / 2);
    NDArray toEuler = pulledThroughSlope(euler, level(step + 1), half);
    NDArray toSlope = half.add(scaled(toEuler, length(step)));
    return g.add(toEuler).add(pulledThroughSlope(x, level(step), toSlope));
  }

  /** (g - J^T g) / t, with J the derivative of D. */
  private NDArray pulledThroughSlope(NDArray x, double t, NDArray g) {
    return scaled(g.sub(network.pullBack(x, t, g)), 1 / t);
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray z) {
    return network.gradient(this::generate, this::pullBack, function, z);
  }

  @Override
  public Optional<Locality> locality() {
    return network.constants().locality().map(pass -> pass.repeated(passes()));
  }

  /** Passes through the network: two of each step but the last one. */
  int passes() {
    return 2 * steps - 1;
  }

  @Override
  public Shape latentShape(Shape image) {
    return network.latentShape(image);
  }

  /** t' - t of a step, which is negative. */
  private double length(int step) {
    return level(step + 1) - level(step);
  }

  private double level(int step) {
    double share = steps == 1 ? 0 : (double) step / (steps - 1);
    return network.constants().karrasLevel(share);
  }

  /** (x - D(x, t)) / t. */
  private NDArray slope(NDArray x, double t) {
    return scaled(x.sub(network.apply(x, t)), 1 / t);
  }

  private static NDArray scaled(NDArray array, double factor) {
    NDManager scope = array.getManager();
    return array.mul(DeviceArrays.constant(scope, factor));
  }
}
