package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A diffusion model: a network D(x_t, t) that gives the mean of all clean images that a noisy one
 * may have come from.
 *
 * <p>Source: Karras, Aittala, Aila and Laine, "Elucidating the design space of diffusion-based
 * generative models", NeurIPS 2022.
 *
 * <pre>{@code
 * NDArray images = DiffusionModel.of(network).probabilityFlow(18).generate(noise);
 * }</pre>
 */
public final class DiffusionModel implements GenerativeModel, Denoiser {

  private final PriorNetwork network;

  private DiffusionModel(PriorNetwork network) {
    this.network = network;
  }

  /**
   * Makes a model of a network, and checks that it keeps the contract: forward(x [N, C, H, W]
   * float32, sigma [N] float32) returns D(x, sigma), of the shape of x, differentiable with respect
   * to x.
   *
   * @param network the network; the model's {@link #close} closes it
   * @throws IOException if the network has another contract, saying in what
   */
  public static DiffusionModel of(PriorNetwork network) throws IOException {
    DiffusionModel model = new DiffusionModel(network);
    new GenerationContract(network, "denoiser").check(model.probabilityFlow(1));
    return model;
  }

  @Override
  public DiffusionModel tiled(int side) {
    return new DiffusionModel(network.tiled(side));
  }

  @Override
  public DiffusionModel inBatchesOf(int images) {
    return new DiffusionModel(network.inBatchesOf(images));
  }

  @Override
  public PriorNetwork network() {
    return network;
  }

  @Override
  public Optional<ConsistencyFunction> consistencyFunction() {
    return Optional.empty();
  }

  /** This model. */
  @Override
  public Optional<Denoiser> denoiser() {
    return Optional.of(this);
  }

  @Override
  public NDArray denoise(NDArray x, double sigma) {
    return network.apply(x, sigma);
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double sigma) {
    return network.gradient(
        noisy -> denoise(noisy, sigma),
        (noisy, g) -> network.pullBack(noisy, sigma, g),
        function,
        x);
  }

  /**
   * The prior that the probability-flow equation makes of the denoiser, in K steps of Heun's
   * method.
   *
   * @param steps K, at least 1; a step takes two passes through the network, the last one takes one
   * @throws IllegalArgumentException if K is below 1
   */
  public Prior probabilityFlow(int steps) {
    return new ProbabilityFlow(network, steps);
  }

  /** {@link #probabilityFlow}, which draws nothing. */
  @Override
  public CroppedPrior forImages(int steps, Shape image, long seed) {
    return new CroppedPrior(probabilityFlow(steps), image);
  }

  @Override
  public void close() {
    network.close();
  }

  @Override
  public int passes(int steps) {
    return new ProbabilityFlow(network, steps).passes();
  }
}
