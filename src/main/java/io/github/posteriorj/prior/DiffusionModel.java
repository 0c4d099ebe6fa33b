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
 * try (DiffusionModel model = DiffusionModel.open(folder, device)) {
 *   NDArray images = model.probabilityFlow(18).generate(noise);
 * }
 * }</pre>
 */
public final class DiffusionModel implements GenerativeModel {

  private final PriorCard card;
  private final ComputeDevice device;
  private final TorchScriptNetwork network;

  private DiffusionModel(PriorCard card, ComputeDevice device, TorchScriptNetwork network) {
    this.card = card;
    this.device = device;
    this.network = network;
  }

  /**
   * Opens the denoiser of a prior's folder, and checks that it is the one that the card describes
   * and that it keeps the contract: forward(x [N, C, H, W] float32, sigma [N] float32) returns D(x,
   * sigma), of the shape of x, differentiable with respect to x.
   *
   * @throws IOException if the prior has no denoiser, or it is missing, damaged or has another
   *     contract; each with a message of its own
   */
  public static DiffusionModel open(Path folder, ComputeDevice device) throws IOException {
    PriorCard card = PriorCard.readDenoiser(folder);
    card.checkNetwork();
    DiffusionModel model =
        new DiffusionModel(card, device, TorchScriptNetwork.load(card.network(), device));
    try {
      new GenerationContract(model, "denoiser").check(model.probabilityFlow(1));
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** The denoiser's card: that of its consistency model, with its own file and hash. */
  @Override
  public PriorCard card() {
    return card;
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
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

  /** {@link #probabilityFlow}, which draws nothing. */
  @Override
  public CroppedPrior forImages(int steps, Shape image, long seed) {
    return new CroppedPrior(probabilityFlow(steps), image);
  }

  @Override
  public int passes(int steps) {
    return 2 * steps - 1;
  }

  @Override
  public void close() {
    network.close();
  }
}
