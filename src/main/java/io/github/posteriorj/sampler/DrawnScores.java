package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** The scores that a run's coordinates are learnt from, each kept for a run that goes on. */
final class DrawnScores {

  private final Checkpoints checkpoints;
  private final NDManager scope;
  private final List<float[]> scores = new ArrayList<>();

  /**
   * No scores yet.
   *
   * @param scope lives as long as the run
   */
  DrawnScores(Checkpoints checkpoints, NDManager scope) {
    this.checkpoints = checkpoints;
    this.scope = scope;
  }

  /** How many there are. */
  int count() {
    return scores.size();
  }

  /** The first ones, [count][dimension]. */
  float[][] first(int count) {
    return scores.subList(0, count).toArray(float[][]::new);
  }

  /** Takes in the next one. */
  void add(float[] score) {
    try (NDManager passing = scope.newSubManager()) {
      checkpoints.keep(name(scores.size()), new NDList(passing.create(score)));
    }
    scores.add(score);
  }

  /** Takes in the first ones of an earlier run. */
  void repeat(int count) {
    while (scores.size() < count) {
      try (NDManager passing = scope.newSubManager()) {
        NDList kept = checkpoints.keptBefore(name(scores.size()), passing);
        scores.add(kept.singletonOrThrow().toFloatArray());
      }
    }
  }

  private static String name(int number) {
    return "score-" + (number + 1);
  }
}
