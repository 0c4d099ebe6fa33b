package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A consistency model: a network f(x_t, t) that takes a noisy image straight to a clean one.
 *
 * <p>Source: Song, Dhariwal, Chen and Sutskever, "Consistency Models", ICML 2023.
 *
 * <pre>{@code
 * NDArray images = ConsistencyModel.of(network).oneStep().generate(noise);
 * }</pre>
 */
public final class ConsistencyModel implements GenerativeModel, ConsistencyFunction {

  private static final int KARRAS_STEPS = 40;

  /** The stream of random numbers for the noise between steps; chains and samples count from 0. */
  private static final long STEPS_STREAM = -1;

  /** Opens the denoiser of a consistency model, on the same device. */
  @FunctionalInterface
  public interface DenoiserSource {

    /**
     * Opens it.
     *
     * @throws IOException if it cannot be used, saying why
     * @throws IllegalArgumentException if there is no consent to run it
     */
    DiffusionModel open() throws IOException;
  }

  private final PriorNetwork network;
  private final Optional<DenoiserSource> source;
  private Optional<DiffusionModel> denoiser = Optional.empty();

  private ConsistencyModel(PriorNetwork network, Optional<DenoiserSource> source) {
    this.network = network;
    this.source = source;
  }

  /**
   * Makes a model of a network, and checks that it keeps the contract: forward(x [N, C, H, W]
   * float32, sigma [N] float32) returns the clean image, of the shape of x, differentiable with
   * respect to x.
   *
   * @param network the network; the model's {@link #close} closes it
   * @throws IOException if the network has another contract, saying in what
   */
  public static ConsistencyModel of(PriorNetwork network) throws IOException {
    ConsistencyModel model = new ConsistencyModel(network, Optional.empty());
    model.contract().check(model.oneStep());
    return model;
  }

  /** This model, with the denoiser that it was made of. */
  public ConsistencyModel withDenoiser(DenoiserSource other) {
    return new ConsistencyModel(network, Optional.of(other));
  }

  @Override
  public ConsistencyModel tiled(int side) {
    return new ConsistencyModel(
        network.tiled(side), source.map(any -> () -> opened().orElseThrow().tiled(side)));
  }

  @Override
  public ConsistencyModel inBatchesOf(int images) {
    return new ConsistencyModel(
        network.inBatchesOf(images),
        source.map(any -> () -> opened().orElseThrow().inBatchesOf(images)));
  }

  @Override
  public PriorNetwork network() {
    return network;
  }

  /** This model. */
  @Override
  public Optional<ConsistencyFunction> consistencyFunction() {
    return Optional.of(this);
  }

  @Override
  public Optional<Denoiser> denoiser() {
    return opened().map(Denoiser.class::cast);
  }

  private Optional<DiffusionModel> opened() {
    if (denoiser.isEmpty() && source.isPresent()) {
      try {
        denoiser = Optional.of(source.get().open());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return denoiser;
  }

  @Override
  public NDArray origin(NDArray x, double sigma) {
    return network.apply(x, sigma);
  }

  @Override
  public ThroughImages gradient(UnaryOperator<NDArray> function, NDArray x, double sigma) {
    return network.gradient(
        noisy -> origin(noisy, sigma),
        (noisy, g) -> network.pullBack(noisy, sigma, g),
        function,
        x);
  }

  /**
   * The consistency function at a noise level for each image of the batch.
   *
   * @param x [N, C, H, W]
   * @param sigma N noise levels
   * @return the clean images, of the shape of x; they live in its scope
   */
  public NDArray origin(NDArray x, float[] sigma) {
    return network.apply(x, sigma);
  }

  /** The one-step prior, Phi(z) = f(sigma_max z, sigma_max). */
  public Prior oneStep() {
    return new ConsistencySteps(network, List.of());
  }

  /**
   * The prior of K steps, with the noise between the steps drawn once, here, and then kept, so that
   * Phi stays a deterministic map:
   *
   * <p>u_1 = f(sigma_max z, sigma_max), u_k = f(u_(k-1) + sqrt(t_k^2 - sigma_min^2) e_k, t_k),
   * Phi(z) = u_K.
   *
   * <p>The levels t_k are K - 1 points that divide the 40-step Karras grid (Karras et al. 2022,
   * equation 5, rho = 7) evenly; for two steps it is the constants' own level, if they recommend
   * one.
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
    Shape noise = network.latentShape(image);
    List<ConsistencySteps.Step> between =
        IntStream.range(1, steps)
            .mapToObj(
                k ->
                    new ConsistencySteps.Step(
                        level(k, steps), random.gaussian(Math.toIntExact(noise.size())), noise))
            .toList();
    return new ConsistencySteps(network, between);
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

  @Override
  public void close() {
    network.close();
    denoiser.ifPresent(DiffusionModel::close);
  }

  /** What the network must keep. */
  GenerationContract contract() {
    return new GenerationContract(network, "consistency model");
  }

  private double level(int step, int steps) {
    PriorConstants constants = network.constants();
    if (steps == 2 && constants.intermediateSigma().isPresent()) {
      return constants.intermediateSigma().getAsDouble();
    }
    int level = step * KARRAS_STEPS / steps;
    return constants.karrasLevel((double) level / (KARRAS_STEPS - 1));
  }
}
