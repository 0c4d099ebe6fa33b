package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A consistency model: a network f(x_t, t) that takes a noisy image straight to a clean one.
 *
 * <p>Source: Song, Dhariwal, Chen and Sutskever, "Consistency Models", ICML 2023.
 *
 * <pre>{@code
 * try (ConsistencyModel model = ConsistencyModel.open(folder, ComputeDevice.select("auto"))) {
 *   NDArray images = model.oneStep().generate(noise);
 * }
 * }</pre>
 */
public final class ConsistencyModel implements GenerativeModel {

  private static final int KARRAS_STEPS = 40;
  private static final double RHO = 7;

  /** The stream of random numbers for the noise between steps; chains and samples count from 0. */
  private static final long STEPS_STREAM = -1;

  private final PriorCard card;
  private final ComputeDevice device;
  private final TorchScriptNetwork network;

  private ConsistencyModel(PriorCard card, ComputeDevice device, TorchScriptNetwork network) {
    this.card = card;
    this.device = device;
    this.network = network;
  }

  /**
   * Opens a prior's folder, and checks that its weights are the ones its card describes and that
   * the network keeps the contract: forward(x [N, C, H, W] float32, sigma [N] float32) returns the
   * clean estimate, of the shape of x, differentiable with respect to x.
   *
   * @throws IOException if the card or the weights are missing, damaged, do not belong together, or
   *     the network has another contract; each with a message of its own
   */
  public static ConsistencyModel open(Path folder, ComputeDevice device) throws IOException {
    PriorCard card = PriorCard.read(folder);
    card.checkNetwork();
    ConsistencyModel model =
        new ConsistencyModel(card, device, TorchScriptNetwork.load(card.network(), device));
    try {
      model.contract().check(model.oneStep());
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

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
   * The consistency function f(x_t, t).
   *
   * @param x [N, C, H, W], an image with noise of standard deviation sigma
   * @param sigma the noise level t, in the model's range
   * @return the clean estimate, of the shape of x
   */
  public NDArray denoise(NDArray x, double sigma) {
    long batch = x.getShape().get(0);
    NDArray level = x.getManager().full(new Shape(batch), (float) sigma);
    return network.forward(x, level);
  }

  /**
   * The consistency function at a noise level for each image of the batch.
   *
   * @param x [N, C, H, W]
   * @param sigma N noise levels
   * @return the clean estimates, of the shape of x
   */
  NDArray denoise(NDArray x, float[] sigma) {
    return network.forward(x, DeviceArrays.copyOf(x.getManager(), sigma, new Shape(sigma.length)));
  }

  /** The one-step prior, Phi(z) = f(sigma_max z, sigma_max). */
  public Prior oneStep() {
    return new Steps(List.of());
  }

  /**
   * The prior of K steps, with the noise between the steps drawn once, here, and then kept, so that
   * Phi stays a deterministic map:
   *
   * <p>u_1 = f(sigma_max z, sigma_max), u_k = f(u_(k-1) + sqrt(t_k^2 - sigma_min^2) e_k, t_k),
   * Phi(z) = u_K.
   *
   * <p>The levels t_k are K - 1 points that divide the 40-step Karras grid (Karras et al. 2022,
   * equation 5, rho = 7) evenly; for two steps it is the card's own level, if it recommends one.
   *
   * @param steps K, at least 1
   * @param image [C, H, W], the images it is for
   * @param random draws the noise between the steps
   * @throws IllegalArgumentException if K is below 1
   */
  public Prior multistep(int steps, Shape image, RandomStream random) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "The number of generation steps must be 1 or more, not " + steps + ".");
    }
    Shape noise = card.noiseShape(image);
    List<Step> between =
        IntStream.range(1, steps)
            .mapToObj(
                k ->
                    new Step(
                        level(k, steps), random.gaussian(Math.toIntExact(noise.size())), noise))
            .toList();
    return new Steps(between);
  }

  /** {@link #multistep} with noise of the run's seed. */
  @Override
  public CroppedPrior forImages(int steps, Shape image, long seed) {
    return new CroppedPrior(multistep(steps, image, RandomStream.of(seed, STEPS_STREAM)), image);
  }

  @Override
  public int passes(int steps) {
    return steps;
  }

  /** What the network must keep. */
  GenerationContract contract() {
    return new GenerationContract(this, "consistency model");
  }

  @Override
  public void close() {
    network.close();
  }

  private double level(int step, int steps) {
    if (steps == 2 && card.intermediateSigma().isPresent()) {
      return card.intermediateSigma().getAsDouble();
    }
    return karrasLevel(step * KARRAS_STEPS / steps, card.sigmaMin(), card.sigmaMax());
  }

  /** Noise level i of the 40-step grid of Karras et al. 2022, equation 5. */
  static double karrasLevel(int i, double sigmaMin, double sigmaMax) {
    return karrasLevel((double) i / (KARRAS_STEPS - 1), sigmaMin, sigmaMax);
  }

  /** The noise level after a share of the way from sigma_max (0) to sigma_min (1). */
  static double karrasLevel(double share, double sigmaMin, double sigmaMax) {
    double start = Math.pow(sigmaMax, 1 / RHO);
    double end = Math.pow(sigmaMin, 1 / RHO);
    return Math.pow(start + share * (end - start), RHO);
  }

  static String sha256(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** One of the later generation steps: its noise level and its frozen noise. */
  private record Step(double sigma, float[] noise, Shape shape) {}

  private final class Steps implements Prior {

    private final List<Step> between;

    Steps(List<Step> between) {
      this.between = between;
    }

    @Override
    public NDArray generate(NDArray z) {
      NDManager scope = z.getManager();
      NDArray image =
          denoise(z.mul(DeviceArrays.constant(scope, card.sigmaMax())), card.sigmaMax());
      for (Step step : between) {
        double scale = Math.sqrt(square(step.sigma()) - square(card.sigmaMin()));
        NDArray noise =
            DeviceArrays.copyOf(z.getManager(), step.noise(), step.shape())
                .mul(DeviceArrays.constant(scope, scale))
                .expandDims(0);
        image = denoise(image.add(noise), step.sigma());
      }
      return image;
    }

    @Override
    public Shape noiseShape(Shape image) {
      return card.noiseShape(image);
    }
  }

  private static double square(double value) {
    return value * value;
  }
}
