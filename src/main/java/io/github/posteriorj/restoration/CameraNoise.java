package io.github.posteriorj.restoration;

import io.github.posteriorj.image.VarianceLine;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import java.util.Optional;

/**
 * A camera's noise: photons, and read noise.
 *
 * @param gain intensity units of a photon, or 0 to estimate it ({@link VarianceLine})
 * @param offset the intensity of no light
 * @param readNoise its standard deviation in intensity units; negative to estimate it with the gain
 */
public record CameraNoise(double gain, double offset, double readNoise) implements NoiseModel {

  /** Photon noise alone. */
  public static CameraNoise poisson(double gain, double offset) {
    return new CameraNoise(gain, offset, 0);
  }

  @Override
  public Likelihood likelihood(Measurement measurement) {
    if (gain != 0) {
      return new PoissonGaussianLikelihood(gain, offset, readNoise);
    }
    VarianceLine line =
        VarianceLine.estimate(measurement.values(), measurement.width(), measurement.rows());
    if (!(line.slope() > 0)) {
      throw new IllegalArgumentException(
          "The image's noise does not grow with its brightness, so that the camera's gain can't be"
              + " estimated. Set camera_gain, or use Gaussian noise.");
    }
    double variance = Math.max(0, line.at(offset));
    return new PoissonGaussianLikelihood(
        line.slope(), offset, readNoise < 0 ? Math.sqrt(variance) : readNoise);
  }

  @Override
  public String source() {
    return gain == 0 ? "estimated (variance line, after Foi et al. 2008)" : "given";
  }

  @Override
  public Optional<String> remedy(double deviation) {
    return Optional.of("Check camera_gain, camera_offset and read_sigma.");
  }
}
