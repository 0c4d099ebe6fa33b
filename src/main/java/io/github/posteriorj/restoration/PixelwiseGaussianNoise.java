package io.github.posteriorj.restoration;

import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.PixelwiseGaussianLikelihood;
import java.util.Arrays;
import java.util.Optional;

/**
 * Independent Gaussian noise of a known level at each pixel.
 *
 * @param levels its standard deviation at each pixel, alike in all channels
 */
public record PixelwiseGaussianNoise(Measurement levels) implements NoiseModel {

  @Override
  public Likelihood likelihood(Measurement measurement) {
    if (levels.width() != measurement.width() || levels.height() != measurement.height()) {
      throw new IllegalArgumentException(
          ("The noise map has %d x %d pixels, but the measurement has %d x %d. Use a noise map of"
                  + " the measurement's size.")
              .formatted(
                  levels.width(), levels.height(), measurement.width(), measurement.height()));
    }
    boolean[] observed = measurement.observed();
    float[] sigma = new float[observed.length];
    int count = 0;
    for (int i = 0; i < observed.length; i++) {
      if (observed[i]) {
        sigma[count++] = levels.values()[i % levels.values().length];
      }
    }
    return new PixelwiseGaussianLikelihood(Arrays.copyOf(sigma, count));
  }

  @Override
  public String source() {
    return "given";
  }

  @Override
  public Optional<String> remedy(double deviation) {
    return Optional.of("Check the noise map: it holds standard deviations, not variances.");
  }
}
