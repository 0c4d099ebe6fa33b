package io.github.posteriorj.benchmark;

import io.github.posteriorj.text.Labelled;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is measured of a method's samples; errors and widths in units of the truth's [-1, 1]. */
enum Quantity implements Labelled {
  /** Peak signal-to-noise ratio of the samples' mean. */
  MEAN_PSNR("PSNR of the mean (dB)", 2),

  /** Structural similarity of the samples' mean. */
  MEAN_SSIM("SSIM of the mean", 3),

  /** Normalised root mean square error of the samples' mean. */
  MEAN_NRMSE("NRMSE of the mean", 4),

  /** Peak signal-to-noise ratio of each sample, their mean. */
  SAMPLE_PSNR("PSNR of a sample (dB)", 2),

  /** Structural similarity of each sample, their mean. */
  SAMPLE_SSIM("SSIM of a sample", 3),

  /** Normalised root mean square error of each sample, their mean. */
  SAMPLE_NRMSE("NRMSE of a sample", 4),

  /** Share of the pixels inside their 50 % interval. */
  COVERAGE_50(0.5),

  /** Share of the pixels inside their 80 % interval. */
  COVERAGE_80(0.8),

  /** Share of the pixels inside their 90 % interval. */
  COVERAGE_90(0.9),

  /** Share of the pixels inside their 95 % interval. */
  COVERAGE_95(0.95),

  /** Mean width of the pixels' 90 % interval. */
  WIDTH_90("width of the 90 % interval", 3),

  /** Fair continuous ranked probability score of the pixels. */
  CRPS("CRPS", 4),

  /** Diversity score of the samples' features. */
  DIVERSITY("diversity score (DS)", 2, Optional.of(Quantity.OF_FEATURES)),

  /** Mean cosine similarity of the samples' features. */
  SIMILARITY("cosine similarity (CS)", 3, Optional.of(Quantity.OF_FEATURES)),

  /** Distance of the samples' mean from the truth over a network's maps. */
  MEAN_LPIPS("LPIPS of the mean", 3, Optional.of(Quantity.OF_MAPS)),

  /** Distance of each sample from the truth over a network's maps, their mean. */
  SAMPLE_LPIPS("LPIPS of a sample", 3, Optional.of(Quantity.OF_MAPS)),

  /** Mean square distance of what is predicted of the samples from the measurement. */
  Y_ERROR("y: mean square error", 4),

  /** Cross-entropy of the network's logits of the samples at the measured labels. */
  Y_CROSS_ENTROPY("y: cross-entropy", 3),

  /** Share of the measured labels that the network gives the samples, too. */
  Y_ACCURACY("y: accuracy", 3),

  /** Mean intersection over union of the measured labels and those of the samples. */
  Y_OVERLAP("y: mean IoU", 3),

  /** The same as {@link #Y_ERROR}, by the judge. */
  JUDGED_ERROR("y by the judge: mean square error", 4),

  /** The same as {@link #Y_CROSS_ENTROPY}, by the judge. */
  JUDGED_CROSS_ENTROPY("y by the judge: cross-entropy", 3),

  /** The same as {@link #Y_ACCURACY}, by the judge. */
  JUDGED_ACCURACY("y by the judge: accuracy", 3),

  /** The same as {@link #Y_OVERLAP}, by the judge. */
  JUDGED_OVERLAP("y by the judge: mean IoU", 3),

  /** How well the samples explain the measurement: near 1 if within its noise. */
  MISFIT("misfit", 2),

  /** Network passes over samples; a gradient counts as three. */
  PASSES("network passes a sample", 1),

  /** Network passes over what the samples are worth in independent ones. */
  EFFECTIVE_PASSES("network passes an effective sample", 1),

  /** Time that all cores of the processor have spent on the cell. */
  PROCESSOR_SECONDS("processor time (s)", 2),

  /** The most memory that the process held, with Java and the networks; without a card's own. */
  PEAK_MEMORY("peak memory (MiB)", 0);

  /** What is said of all that the configuration's network judges. */
  static final String OF_FEATURES =
      "By the network of the configuration: no number to compare with published ones.";

  private static final String OF_MAPS = OF_FEATURES + " All channels with weights of 1.";

  private final String label;
  private final int decimals;
  private final OptionalDouble level;
  private final Optional<String> note;

  Quantity(String label, int decimals) {
    this(label, decimals, Optional.empty());
  }

  Quantity(String label, int decimals, Optional<String> note) {
    this.label = label;
    this.decimals = decimals;
    this.level = OptionalDouble.empty();
    this.note = note;
  }

  Quantity(double level) {
    this.label = "coverage of the %.0f %% interval".formatted(100 * level);
    this.decimals = 3;
    this.level = OptionalDouble.of(level);
    this.note = Optional.empty();
  }

  @Override
  public String label() {
    return label;
  }

  /** The level of the credible intervals, if it is a coverage. */
  OptionalDouble level() {
    return level;
  }

  /** What readers of its table should know, if there is something. */
  Optional<String> note() {
    return note;
  }

  /** A value for tables. */
  String format(double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
