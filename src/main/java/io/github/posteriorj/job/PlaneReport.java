package io.github.posteriorj.job;

import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.SamplingDiagnostics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What there is to tell of a restored plane, in few numbers.
 *
 * @param place where it lies in its image
 * @param seconds that it took
 * @param samples how many were drawn; empty where that was not written down
 * @param chains how many have drawn them in turn; empty where each was drawn on its own, or where
 *     that was not written down
 * @param noise the noise that was assumed, for people
 * @param misfit how well the samples explain the measurement: 1 within its noise
 * @param rHat the largest R-hat of the quantities that are judged; NaN if the chains are too short
 * @param effectiveSamples the smallest bulk effective sample size of these, or what the solver
 *     knows of short chains; NaN if nothing is known
 * @param warnings what a user should know before trusting the samples
 */
public record PlaneReport(
    Place place,
    double seconds,
    Optional<Integer> samples,
    Optional<Integer> chains,
    String noise,
    double misfit,
    double rHat,
    double effectiveSamples,
    List<String> warnings) {

  /** What there is to tell of what a job has made of a plane. */
  public static PlaneReport of(Place place, Restored restored, double seconds) {
    PosteriorSummary summary = restored.summary();
    List<SamplingDiagnostics.Row> rows = summary.diagnostics().typicalRows();
    return new PlaneReport(
        place,
        seconds,
        Optional.of(summary.sampleCount()),
        summary.report().chains(),
        summary.likelihood().toString(),
        summary.misfit(),
        rows.stream().mapToDouble(row -> row.diagnostics().rHat()).max().orElse(Double.NaN),
        rows.stream()
            .mapToDouble(row -> row.diagnostics().bulkSampleSize())
            .min()
            .orElse(summary.report().independentSamples().orElse(Double.NaN)),
        summary.warnings());
  }

  /** The numbers in one line, for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s; misfit %.3f; R-hat %s; effective samples %s; %.1f s",
        noise,
        misfit,
        judged(rHat, "%.3f"),
        judged(effectiveSamples, "%.0f"),
        seconds);
  }

  private static String judged(double number, String format) {
    return Double.isNaN(number) ? "not known" : String.format(Locale.ROOT, format, number);
  }
}
