package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;

/**
 * What a camera measures: y = gain k + offset + e, with photons k ~ Poisson(m), m = (A(x) - offset)
 * / gain, and read noise e ~ N(0, sigma^2). Without read noise it is Poisson noise.
 *
 * <p>The convolution of the two has no closed form. With s = sigma^2 / gain^2, the shifted counts
 * k' = (y - offset) / gain + s have mean and variance m' = m + s, as a Poisson number has, and are
 * taken for one: L = sum m' - k' ln m'. Its score has mean 0 at the true m, and its variance there
 * is its expected slope 1 / m', at every light level: intervals are as wide as they should be,
 * which those of a Gaussian with the variance gain^2 m + sigma^2 are not at a few photons.
 *
 * <p>Below zero photons L goes on as that of a Gaussian of the variance s, with the same slope at
 * the seam: nothing is clamped, and predictions that no light can make have a way back. Without
 * read noise the seam lies at {@value #DARKEST} photons.
 *
 * <p>Source: Snyder, Helstrom, Lanterman, Faisal and White, "Compensation for readout noise in CCD
 * images", J. Opt. Soc. Am. A 1995 (the shifted Poisson approximation).
 *
 * @param gain intensity units of a photon, above 0
 * @param offset the intensity of no light
 * @param sigma the read noise's standard deviation in intensity units, 0 or more
 */
public record PoissonGaussianLikelihood(double gain, double offset, double sigma)
    implements NoiseLikelihood {

  /** Photons below which a rate is no more told from darkness. */
  private static final double DARKEST = 0.1;

  /**
   * A camera.
   *
   * @throws IllegalArgumentException if a number is out of its range; the message says which
   */
  public PoissonGaussianLikelihood {
    if (!(gain > 0) || !Double.isFinite(gain)) {
      throw new IllegalArgumentException(
          "The camera's gain must be a positive number of intensity units a photon, not "
              + gain
              + ".");
    }
    if (!Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "The camera's offset must be a number of intensity units, not " + offset + ".");
    }
    if (!(sigma >= 0) || !Double.isFinite(sigma)) {
      throw new IllegalArgumentException(
          "The standard deviation of the read noise must be 0 or a positive number of intensity"
              + " units, not "
              + sigma
              + ".");
    }
  }

  /** Photon noise alone. */
  public static PoissonGaussianLikelihood poisson(double gain, double offset) {
    return new PoissonGaussianLikelihood(gain, offset, 0);
  }

  /** The read noise's variance, in squared photons. */
  private double shift() {
    return sigma * sigma / (gain * gain);
  }

  /** The rate m' at which the Poisson likelihood goes over into a Gaussian one. */
  private double seam() {
    return Math.max(shift(), DARKEST);
  }

  private double shiftedCounts(double intensity) {
    return (intensity - offset) / gain + shift();
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    NDManager scope = prediction.getManager();
    NDArray rate = shiftedCounts(prediction);
    NDArray counts = shiftedCounts(y);
    NDArray seam = DeviceArrays.constant(scope, seam());
    NDArray light = rate.maximum(seam);
    NDArray dark = rate.minimum(seam);
    // Measured against the best rate, k' itself: float32 could not tell the sums of bright images
    // apart.
    NDArray best = counts.maximum(seam);
    NDArray poisson = light.sub(best).sub(counts.mul(light.div(best).log()));
    NDArray gaussian =
        dark.sub(counts)
            .square()
            .sub(seam.sub(counts).square())
            .mul(DeviceArrays.constant(scope, 1 / (2 * seam())));
    return DeviceArrays.sumOfEach(poisson.add(gaussian));
  }

  private NDArray shiftedCounts(NDArray intensities) {
    NDManager scope = intensities.getManager();
    return intensities
        .sub(DeviceArrays.constant(scope, offset))
        .mul(DeviceArrays.constant(scope, 1 / gain))
        .add(DeviceArrays.constant(scope, shift()));
  }

  /** One over gain^2 m', with m' not below the seam. */
  @Override
  public Optional<NDArray> information(NDArray prediction) {
    NDManager scope = prediction.getManager();
    NDArray light = shiftedCounts(prediction).maximum(DeviceArrays.constant(scope, seam()));
    return Optional.of(DeviceArrays.constant(scope, 1 / (gain * gain)).div(light));
  }

  /** Predictions below the offset count as no light. */
  @Override
  public float[] simulate(float[] prediction, RandomStream random) {
    float[] y = new float[prediction.length];
    for (int i = 0; i < y.length; i++) {
      double photons = random.poisson(Math.max(0, (prediction[i] - offset) / gain));
      y[i] = (float) (gain * photons + offset + (sigma > 0 ? sigma * random.gaussian() : 0));
    }
    return y;
  }

  /**
   * Adds the fresh noise to y, which keeps its mean where read noise has made it darker than no
   * light.
   */
  @Override
  public float[] perturb(float[] y, RandomStream random) {
    float[] perturbed = simulate(y, random);
    for (int i = 0; i < y.length; i++) {
      perturbed[i] += (float) Math.min(0, y[i] - offset);
    }
    return perturbed;
  }

  @Override
  public double misfit(float[] prediction, float[] y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double rate = shiftedCounts(prediction[i]);
      double residual = shiftedCounts(y[i]) - rate;
      sum += residual * residual / Math.max(rate, seam());
    }
    return sum / y.length;
  }

  @Override
  public String misfitFormula() {
    return sigma > 0
        ? "sum (A(x) - y)^2 / (gain (A(x) - offset) + sigma^2) / d"
        : "sum (A(x) - y)^2 / (gain (A(x) - offset)) / d";
  }

  @Override
  public void check(float[] y) {
    int dark = 0;
    for (float value : y) {
      dark += sigma == 0 && value < offset ? 1 : 0;
    }
    if (dark > 0) {
      throw new IllegalArgumentException(
          ("Poisson noise makes no negative counts, but %d of %d pixels are below the camera's"
               + " offset of %s. Set camera_offset to what the camera shows without light, or use"
               + " Poisson-Gaussian noise.")
              .formatted(dark, y.length, offset));
    }
  }

  @Override
  public String toString() {
    String camera = "gain %s a photon, offset %s".formatted(gain, offset);
    return sigma > 0
        ? "Poisson-Gaussian, " + camera + ", read noise " + sigma
        : "Poisson, " + camera;
  }
}
