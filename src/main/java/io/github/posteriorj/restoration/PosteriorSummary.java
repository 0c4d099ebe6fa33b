package io.github.posteriorj.restoration;

import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What sampling says of the sharp image behind a measurement, in the measurement's own units.
 *
 * @param samples X, Y, sample: plausible sharp images, every one as good as the other; in colour,
 *     each has a plane for each channel, one after the other
 * @param mean X, Y, in colour X, Y, channel: the samples' mean
 * @param variance of the mean's size: the samples' variance (unbiased), in squared units: how far
 *     they disagree
 * @param scale how intensities were mapped to the model's range
 * @param likelihood the noise that was assumed, in the measurement's units
 * @param misfit mean over the samples of {@link Likelihood#misfit}: near 1 when the samples explain
 *     the measurement within its noise
 * @param settings how many samples and chains were asked for, and how they were to be drawn
 * @param report what the sampler did, with all chains, also those that were not kept
 * @param diagnostics whether the samples can be trusted
 */
public record PosteriorSummary(
    RandomAccessibleInterval<FloatType> samples,
    RandomAccessibleInterval<FloatType> mean,
    RandomAccessibleInterval<FloatType> variance,
    IntensityScale scale,
    Likelihood likelihood,
    double misfit,
    SamplerSettings settings,
    SamplerReport report,
    SamplingDiagnostics diagnostics) {

  /** The number of samples. */
  public int sampleCount() {
    long planes = samples.numDimensions() == 2 ? 1 : samples.dimension(2);
    return Math.toIntExact(planes / channels());
  }

  /** The channels of each sample. */
  public int channels() {
    return mean.numDimensions() == 2 ? 1 : Math.toIntExact(mean.dimension(2));
  }

  /** What a user should know before trusting the samples, in plain words; empty if all is well. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(diagnostics.warnings());
    if (report.limited()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The limit on gradients ended the run after %d samples, before %s. Raise"
                  + " max_gradients (0: no limit), or ask for less.",
              sampleCount(),
              sampleCount() < settings.samples()
                  ? "the %d that were asked for".formatted(settings.samples())
                  : "their effective size was %s".formatted(settings.target().effectiveSamples())));
    }
    return warnings;
  }
}
