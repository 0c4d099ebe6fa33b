package io.github.posteriorj.restoration;

import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.sampler.SamplerReport;
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
 * @param report what the sampler did
 * @param diagnostics whether the samples can be trusted
 */
public record PosteriorSummary(
    RandomAccessibleInterval<FloatType> samples,
    RandomAccessibleInterval<FloatType> mean,
    RandomAccessibleInterval<FloatType> variance,
    IntensityScale scale,
    Likelihood likelihood,
    double misfit,
    SamplerReport report,
    SamplingDiagnostics diagnostics) {}
