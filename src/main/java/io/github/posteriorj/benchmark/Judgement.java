package io.github.posteriorj.benchmark;

import io.github.posteriorj.image.Planes;
import io.github.posteriorj.metric.CosineSimilarity;
import io.github.posteriorj.metric.Coverage;
import io.github.posteriorj.metric.DiversityScore;
import io.github.posteriorj.metric.FeatureMap;
import io.github.posteriorj.metric.NormalisedError;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.PerceptualDistance;
import io.github.posteriorj.metric.RankedProbabilityScore;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.restoration.PosteriorSummary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
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
   * @param samples of the summary, [samples][pixels]
   * @param features what perception and diversity are judged by, if they are
   * @return what can be told of them: of one sample no coverage, of chains that are too short no
   *     effective number
   */
  static Map<Quantity, Double> of(
      PosteriorSummary summary, float[][] samples, Truth truth, Optional<SampleFeatures> features) {
    Judgement judgement = new Judgement(truth, samples);
    float[] mean = Planes.pixels(summary.mean());
    judgement.compare(mean);
    features.ifPresent(network -> judgement.look(mean, network));
    if (samples.length > 1) {
      judgement.calibrate();
    }
    judgement.put(Quantity.MISFIT, summary.misfit());
    judgement.count(summary);
    return judgement.values;
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

  private void look(float[] mean, SampleFeatures network) {
    List<ImageFeatures> seen = Arrays.stream(samples).map(network::of).toList();
    List<FeatureMap> there = network.of(truth.values()).maps();
    if (!there.isEmpty()) {
      put(Quantity.MEAN_LPIPS, PerceptualDistance.of(network.of(mean).maps(), there));
      put(
          Quantity.SAMPLE_LPIPS,
          seen.stream()
              .mapToDouble(sample -> PerceptualDistance.of(sample.maps(), there))
              .average()
              .orElseThrow());
    }
    if (samples.length > 1) {
      spread(seen.stream().map(ImageFeatures::row).toArray(float[][]::new));
    }
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
