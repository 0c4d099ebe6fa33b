package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Optional;

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
      double from = level(step);
      double to = level(step + 1);
      NDArray slope = slope(x, from);
      NDArray euler = x.add(scaled(slope, to - from));
      x = x.add(scaled(slope.add(slope(euler, to)), (to - from) / 2));
    }
    // Euler's step to t = 0 is x - t (x - D) / t = D.
    return network.apply(x, level(steps - 1));
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
  public Shape noiseShape(Shape image) {
    return network.noiseShape(image);
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
