package io.github.posteriorj.restoration;

import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.solver.SolverReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * @param maps of the mean's size, in the order in which they were asked for
 * @param scale how intensities were mapped to the model's range
 * @param likelihood the noise that was assumed, in the measurement's units
 * @param misfit mean over the samples of {@link Likelihood#misfit}: near 1 when the samples explain
 *     the measurement within its noise
 * @param doubts what is wrong with the measurement, or with what was assumed of it, in plain words
 * @param report what the solver did
 * @param diagnostics whether the samples can be trusted
 */
public record PosteriorSummary(
    RandomAccessibleInterval<FloatType> samples,
    RandomAccessibleInterval<FloatType> mean,
    RandomAccessibleInterval<FloatType> variance,
    Map<PosteriorMap, RandomAccessibleInterval<FloatType>> maps,
    IntensityScale scale,
    Likelihood likelihood,
    double misfit,
    List<String> doubts,
    SolverReport report,
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
    List<String> warnings = new ArrayList<>(doubts);
    boolean isJudgedBySolver =
        report.independentSamples().isPresent() && diagnostics.judgedRows().isEmpty();
    if (!isJudgedBySolver) {
      warnings.addAll(diagnostics.warnings());
    }
    warnings.addAll(report.warnings());
    return warnings;
  }
}
