package io.github.posteriorj.job;

import io.github.posteriorj.restoration.PosteriorSummary;

/**
 * What a job has made.
 *
 * @param job the job, with the hashes of what it was run with: it does the same again
 * @param summary samples, mean, variance, diagnostics
 * @param operator the instrument, for people
 * @param noiseSource where the noise's numbers come from, for people
 * @param priorName the prior's name on its card
 * @param device the processor that it ran on
 */
public record Restored(
    RestorationJob job,
    PosteriorSummary summary,
    String operator,
    String noiseSource,
    String priorName,
    String device) {

  /** The same, as the work of another job that does the same. */
  Restored by(RestorationJob other) {
    return new Restored(other, summary, operator, noiseSource, priorName, device);
  }
}
