package io.github.posteriorj.sampler;

/** Hears how far a run has come, and may end it. */
@FunctionalInterface
public interface SamplingListener {

  /** Hears nothing, ends nothing. */
  SamplingListener NONE = (stage, done, total) -> {};

  /**
   * Called after each evaluation of the gradient.
   *
   * @param stage what the sampler is doing, for people
   * @param done evaluations done
   * @param total evaluations that the run will take
   * @throws java.util.concurrent.CancellationException to end the run here
   */
  void advanced(String stage, long done, long total);
}
