package io.github.posteriorj.restoration;

import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether the samples of a restoration can be trusted: the diagnostics of their chains.
 *
 * @param samplesPerChain samples of each chain that were looked at, as many as the shortest has
 * @param meanIntensity of the images' mean intensity, in the measurement's units
 * @param logLikelihood of the log-likelihood of the measurement
 * @param squaredLatent of |z|^2, where the chains are in the prior's noise space
 * @param pixels of each pixel, in the measurement's units
 */
public record SamplingDiagnostics(
    int samplesPerChain,
    ChainDiagnostics meanIntensity,
    ChainDiagnostics logLikelihood,
    ChainDiagnostics squaredLatent,
    PixelDiagnostics pixels) {

  /** Fewer samples of a chain say nothing of it. */
  public static final int FEWEST_SAMPLES_PER_CHAIN = 4;

  /** Above it chains are far from having the same law. */
  private static final double LARGEST_R_HAT = 1.05;

  /** With fewer independent samples a standard deviation is known to 10 % at best. */
  private static final double FEWEST_INDEPENDENT_SAMPLES = 50;

  /** One line of the diagnostics: a name for people, and what belongs to it. */
  public record Row(String name, ChainDiagnostics diagnostics) {}

  /** The scalars, and the pixels' medians and worst values (each of its own pixel). */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>(typical());
    rows.add(new Row("pixels, worst", pixels.worst()));
    return rows;
  }

  /** The rows that say something: none if the chains have too few samples. */
  public List<Row> judgedRows() {
    return samplesPerChain < FEWEST_SAMPLES_PER_CHAIN ? List.of() : rows();
  }

  /** Those of the rows that say something that count for warnings. */
  public List<Row> typicalRows() {
    return samplesPerChain < FEWEST_SAMPLES_PER_CHAIN ? List.of() : typical();
  }

  /** What counts for warnings: of many thousand pixels, the worst one is far off by chance. */
  private List<Row> typical() {
    return List.of(
        new Row("mean intensity", meanIntensity),
        new Row("log-likelihood", logLikelihood),
        new Row("|z|^2", squaredLatent),
        new Row("pixels, median", pixels.median()));
  }

  /** What a user should know before trusting the samples, in plain words; empty if all is well. */
  public List<String> warnings() {
    if (samplesPerChain < FEWEST_SAMPLES_PER_CHAIN) {
      return List.of(
          "Whether the chains agree is not known: that needs %d samples of each chain, not %d. Ask for more samples, or fewer chains."
              .formatted(FEWEST_SAMPLES_PER_CHAIN, samplesPerChain));
    }
    List<String> warnings = new ArrayList<>();
    typical().stream()
        .filter(row -> row.diagnostics().rHat() > LARGEST_R_HAT)
        .max(Comparator.comparingDouble(row -> row.diagnostics().rHat()))
        .ifPresent(row -> warnings.add(disagreement(row)));
    typical().stream()
        .filter(row -> row.diagnostics().bulkSampleSize() < FEWEST_INDEPENDENT_SAMPLES)
        .min(Comparator.comparingDouble(row -> row.diagnostics().bulkSampleSize()))
        .ifPresent(row -> warnings.add(lackOfSamples(row)));
    return warnings;
  }

  private static String disagreement(Row row) {
    return String.format(
        Locale.ROOT,
        "The chains do not agree yet (R-hat of %s: %.2f, above %.2f), so that the spread may be"
            + " wrong. Raise burn_in or thinning.",
        row.name(),
        row.diagnostics().rHat(),
        LARGEST_R_HAT);
  }

  private static String lackOfSamples(Row row) {
    return String.format(
        Locale.ROOT,
        "The samples are worth %.0f independent ones only (%s; %.0f or more are good), so that the"
            + " variance is rough. Ask for more samples, or raise thinning.",
        row.diagnostics().bulkSampleSize(),
        row.name(),
        FEWEST_INDEPENDENT_SAMPLES);
  }
}
