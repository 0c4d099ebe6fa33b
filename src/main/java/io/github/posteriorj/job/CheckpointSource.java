package io.github.posteriorj.job;

import io.github.posteriorj.sampler.Checkpoints;
import java.io.IOException;

/** Where the states of one plane's run are kept. */
@FunctionalInterface
interface CheckpointSource {

  /** Nowhere. */
  CheckpointSource NONE = run -> Checkpoints.NONE;

  /**
   * Those of a run; states of other runs are thrown away.
   *
   * @param run all that determines the run's states
   * @throws IOException if they cannot be kept; the message says why
   */
  Checkpoints of(String run) throws IOException;
}
