package io.github.posteriorj.benchmark;

import io.github.posteriorj.image.Planes;
import io.github.posteriorj.metric.CosineSimilarity;
import io.github.posteriorj.metric.Coverage;
import io.github.posteriorj.metric.DiversityScore;
import io.github.posteriorj.metric.NormalisedError;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.RankedProbabilityScore;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.restoration.PosteriorSummary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How good the samples of a posterior are, where the truth is known. */
final class Judgement {

  private final Truth truth;
  private final float[][] samples;
  private final Map<Quantity, Double> values = new EnumMap<>(Quantity.class);

  private Judgement(Truth truth, float[][] samples) {
    this.truth = truth;
    this.samples = samples;
  }

  /**
   * Judges samples.
   *
   * @param features what diversity is judged by, if it is
   * @return what can be told of them: of one sample no coverage, of chains that are too short no
   *     effective number
   */
  static Map<Quantity, Double> of(
      PosteriorSummary summary, Truth truth, Optional<SampleFeatures> features) {
    float[][] samples = split(Planes.pixels(summary.samples()), truth.values().length);
    Judgement judgement = new Judgement(truth, samples);
    judgement.compare(Planes.pixels(summary.mean()));
    if (samples.length > 1) {
      judgement.calibrate();
      features.ifPresent(network -> judgement.spread(network.of(samples)));
    }
    judgement.put(Quantity.MISFIT, summary.misfit());
    judgement.count(summary);
    return judgement.values;
  }

  private static float[][] split(float[] all, int length) {
    float[][] samples = new float[all.length / length][];
    Arrays.setAll(samples, i -> Arrays.copyOfRange(all, i * length, (i + 1) * length));
    return samples;
  }

  private void compare(float[] mean) {
    ToDoubleFunction<float[]> ratio = image -> PeakSignalToNoise.of(image, truth.values());
    ToDoubleFunction<float[]> similarity =
        image -> StructuralSimilarity.of(image, truth.values(), truth.plane().width());
    ToDoubleFunction<float[]> error = image -> NormalisedError.of(image, truth.values());
    put(Quantity.MEAN_PSNR, ratio.applyAsDouble(mean));
    put(Quantity.MEAN_SSIM, similarity.applyAsDouble(mean));
    put(Quantity.MEAN_NRMSE, error.applyAsDouble(mean));
    put(Quantity.SAMPLE_PSNR, average(ratio));
    put(Quantity.SAMPLE_SSIM, average(similarity));
    put(Quantity.SAMPLE_NRMSE, average(error));
  }

  private double average(ToDoubleFunction<float[]> metric) {
    return Arrays.stream(samples).mapToDouble(metric).average().orElseThrow();
  }

  private void calibrate() {
    for (Quantity quantity : Quantity.values()) {
      quantity
          .level()
          .ifPresent(level -> put(quantity, Coverage.of(samples, truth.values(), level).share()));
    }
    put(Quantity.WIDTH_90, Coverage.of(samples, truth.values(), 0.9).meanWidth());
    put(Quantity.CRPS, RankedProbabilityScore.mean(samples, truth.values()));
  }

  private void spread(float[][] features) {
    if (samples.length >= DiversityScore.FEWEST_SAMPLES) {
      put(Quantity.DIVERSITY, DiversityScore.of(features));
    }
    put(Quantity.SIMILARITY, CosineSimilarity.of(features));
  }

  private void count(PosteriorSummary summary) {
    double passes = summary.report().networkPasses();
    put(Quantity.PASSES, passes / samples.length);
    double ofChains = summary.diagnostics().pixels().median().bulkSampleSize();
    put(Quantity.EFFECTIVE_PASSES, passes / summary.report().independentSamples().orElse(ofChains));
  }

  private void put(Quantity quantity, double value) {
    if (Double.isFinite(value)) {
      values.put(quantity, value);
    }
  }
}
