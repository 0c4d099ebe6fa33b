package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A diffusion model: a network D(x_t, t) that gives the mean of all clean images that a noisy one
 * may have come from.
 *
 * <p>Source: Karras, Aittala, Aila and Laine, "Elucidating the design space of diffusion-based
 * generative models", NeurIPS 2022.
 *
 * <pre>{@code
 * try (DiffusionModel model = DiffusionModel.open(folder.resolve("denoiser.pt"), card, device)) {
 *   NDArray images = model.probabilityFlow(18).generate(noise);
 * }
 * }</pre>
 */
public final class DiffusionModel implements AutoCloseable {

  private final PriorCard card;
  private final TorchScriptNetwork network;

  private DiffusionModel(PriorCard card, TorchScriptNetwork network) {
    this.card = card;
    this.network = network;
  }

  /**
   * Opens a denoiser.
   *
   * @param network a TorchScript file: forward(x [N, C, H, W] float32, sigma [N] float32) returns
   *     D(x, sigma), of the shape of x, differentiable with respect to x
   * @param card the constants that it was trained with: those of its consistency model
   * @param device where it is to run
   * @throws IOException if the file is missing or is no TorchScript network
   */
  public static DiffusionModel open(Path network, PriorCard card, ComputeDevice device)
      throws IOException {
    return new DiffusionModel(card, TorchScriptNetwork.load(network, device));
  }

  /** The constants of the denoiser. */
  public PriorCard card() {
    return card;
  }

  /** A fresh memory scope on the model's device; closing it frees all that was made in it. */
  public NDManager newScope() {
    return network.newScope();
  }

  /**
   * The denoiser D(x_t, t).
   *
   * @param x [N, C, H, W], an image with noise of standard deviation sigma
   * @param sigma the noise level t, in the model's range
   * @return the mean of the clean images, of the shape of x
   */
  public NDArray denoise(NDArray x, double sigma) {
    long batch = x.getShape().get(0);
    return network.forward(x, x.getManager().full(new Shape(batch), (float) sigma));
  }

  /**
   * The prior that the probability-flow equation makes of the denoiser, in K steps of Heun's
   * method.
   *
   * @param steps K, at least 1; a step takes two passes through the network, the last one takes one
   * @throws IllegalArgumentException if K is below 1
   */
  public Prior probabilityFlow(int steps) {
    return new ProbabilityFlow(this, steps);
  }

  @Override
  public void close() {
    network.close();
  }
}
