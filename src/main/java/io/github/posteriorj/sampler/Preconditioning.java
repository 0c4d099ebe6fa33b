package io.github.posteriorj.sampler;

import io.github.posteriorj.text.Labelled;

/** Which coordinates the chains walk in. */
public enum Preconditioning implements Labelled {

  /** Those of the noise z itself. */
  NONE("none") {
    @Override
    Preconditioner learn(float[][] scores) {
      return Preconditioner.NONE;
    }
  },

  /** Those of z, each scaled by the likelihood's information of it. */
  DIAGONAL("diagonal") {
    @Override
    Preconditioner learn(float[][] scores) {
      return DiagonalPreconditioner.ofScores(scores);
    }
  },

  /** Those of z, scaled along the directions that the measurement tells most of. */
  LOW_RANK("low-rank") {
    @Override
    Preconditioner learn(float[][] scores) {
      return LowRankPreconditioner.ofScores(scores);
    }
  };

  private final String label;

  Preconditioning(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The preconditioning of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Preconditioning labelled(String label) {
    return Labelled.find(values(), "preconditioning", label);
  }

  /**
   * Learns the coordinates.
   *
   * @param scores gradients of simulated negative log-likelihoods, [scores][dimension]; without
   *     effect for {@link #NONE}
   */
  abstract Preconditioner learn(float[][] scores);
}
