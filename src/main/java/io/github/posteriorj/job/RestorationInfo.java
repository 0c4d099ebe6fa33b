package io.github.posteriorj.job;

import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.SamplingDiagnostics;
import io.github.posteriorj.solver.MethodSettings;
import io.github.posteriorj.solver.SolverReport;
import io.github.posteriorj.text.Info;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text that goes with each result of a restoration: one line a fact, for people, and the job
 * itself as a YAML document, between its marks {@code ---} and {@code ...}.
 */
public final class RestorationInfo {

  private static final String BEGIN = "--- # Restoration job: Restore Again... runs it again\n";
  private static final String END = "...\n";

  private RestorationInfo() {}

  /**
   * The text of what a job has made.
   *
   * @param title what the measurement is called
   * @param version of the program
   */
  public static String of(Restored restored, String title, String version) {
    PosteriorSummary summary = restored.summary();
    RestorationJob job = restored.job();
    SolverReport report = summary.report();
    Info info =
        new Info()
            .add("Made by", "PosteriorJ " + version)
            .add("Measurement", title)
            .add("Forward operator", restored.operator())
            .add("Noise", summary.likelihood())
            .add("Noise was", restored.noiseSource())
            .add("Intensity at the model's " + summary.scale().low(), summary.scale().black())
            .add("Intensity at the model's " + summary.scale().high(), summary.scale().white())
            .add("Prior", restored.priorName())
            .add("Prior's SHA-256", job.prior().sha256().orElseThrow())
            .add("Generator", job.prior().generator().label())
            .add("Generation steps", job.prior().generationSteps())
            .add("Device", restored.device())
            .add("Samples", summary.sampleCount())
            .add("Method", MethodSettings.kind(job.method()))
            .add("Seed", job.seed());
    report.chains().ifPresent(chains -> info.add("Chains", chains));
    report.facts().forEach(info::add);
    info.add("Gradients", report.gradients())
        .add("Network passes", report.networkPasses())
        .add(summary.likelihood().misfitFormula() + ", mean of the samples", summary.misfit());
    for (SamplingDiagnostics.Row row : summary.diagnostics().judgedRows()) {
      info.add("R-hat, " + row.name(), (float) row.diagnostics().rHat())
          .add("ESS bulk, " + row.name(), (float) row.diagnostics().bulkSampleSize())
          .add("ESS tail, " + row.name(), (float) row.diagnostics().tailSampleSize())
          .add("MCSE of the mean, " + row.name(), (float) row.diagnostics().meanError());
    }
    for (String warning : summary.warnings()) {
      info.add("Warning", warning);
    }
    return info + BEGIN + job.write() + END;
  }

  /**
   * The text of what a job has made of several planes of an image.
   *
   * @param job the job, with the hashes of what it was run with
   * @param planes those that were to be restored
   * @param reports those that were, in their order
   * @param title what the image is called
   * @param version of the program
   */
  public static String of(
      RestorationJob job,
      ChosenPlanes planes,
      List<PlaneReport> reports,
      String title,
      String version) {
    Info info =
        new Info()
            .add("Made by", "PosteriorJ " + version)
            .add("Measurement", title)
            .add("Planes", planes);
    samplesOfEach(reports).ifPresent(samples -> info.add("Samples", samples.getMin()));
    Set<Optional<Integer>> chains =
        reports.stream().map(PlaneReport::chains).collect(Collectors.toSet());
    if (chains.size() == 1) {
      chains.iterator().next().ifPresent(count -> info.add("Chains", count));
    }
    info.add("Seed", job.seed());
    leftOut(reports).ifPresent(note -> info.add("Left out", note));
    unfinished(planes, reports.size()).ifPresent(note -> info.add("Unfinished", note));
    for (PlaneReport report : reports) {
      info.add("Plane at " + report.place(), report);
    }
    for (PlaneReport report : reports) {
      for (String warning : report.warnings()) {
        info.add("Warning, " + report.place(), warning);
      }
    }
    return info + BEGIN + job.write() + END;
  }

  /** How many samples the planes have; empty where it is not known of all. */
  private static Optional<IntSummaryStatistics> samplesOfEach(List<PlaneReport> reports) {
    List<Integer> known = reports.stream().flatMap(report -> report.samples().stream()).toList();
    return known.isEmpty() || known.size() < reports.size()
        ? Optional.empty()
        : Optional.of(known.stream().mapToInt(Integer::intValue).summaryStatistics());
  }

  /**
   * What there is to tell where some planes have more samples than others, which one image cannot
   * hold; empty if all have as many, or if it is not known.
   */
  public static Optional<String> leftOut(List<PlaneReport> reports) {
    return samplesOfEach(reports)
        .filter(samples -> samples.getMin() < samples.getMax())
        .map(
            samples ->
                "The planes have %1$d to %2$d samples, of which an image of all planes holds the first %1$d. Mean, variance and maps are of all of them."
                    .formatted(samples.getMin(), samples.getMax()));
  }

  /**
   * What there is to tell of planes that are missing; empty if none is.
   *
   * @param planes those that were to be restored
   * @param restored how many of them were
   */
  public static Optional<String> unfinished(ChosenPlanes planes, int restored) {
    return restored == planes.count()
        ? Optional.empty()
        : Optional.of(
            "%d of %d planes restored; the others are NaN".formatted(restored, planes.count()));
  }

  /**
   * The job in the text of a result, as {@link RestorationJob#read} takes it; empty if there is
   * none.
   */
  public static Optional<String> job(String info) {
    int begin = info.indexOf(BEGIN);
    int end = info.indexOf("\n" + END, begin);
    return begin < 0 || end < 0
        ? Optional.empty()
        : Optional.of(info.substring(begin + BEGIN.length(), end + 1));
  }
}
