package io.github.posteriorj.sampler;

/**
 * Coordinates that are scaled one by one: z_i = w_i / sqrt(1 + F_i), with F_i the diagonal of the
 * likelihood's Fisher information, as the mean square of scores estimates it.
 */
final class DiagonalPreconditioner implements Preconditioner {

  private final float[] scales;

  private DiagonalPreconditioner(float[] scales) {
    this.scales = scales;
  }

  /**
   * Learns the coordinates.
   *
   * @param scores gradients of simulated negative log-likelihoods, [scores][dimension]
   */
  static DiagonalPreconditioner ofScores(float[][] scores) {
    float[] scales = new float[scores[0].length];
    for (int i = 0; i < scales.length; i++) {
      double squares = 0;
      for (float[] score : scores) {
        squares += (double) score[i] * score[i];
      }
      scales[i] = (float) (1 / Math.sqrt(1 + squares / scores.length));
    }
    return new DiagonalPreconditioner(scales);
  }

  @Override
  public float[] toLatent(float[] w) {
    float[] z = new float[w.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = w[i] * scales[i];
    }
    return z;
  }

  @Override
  public float[] toCoordinates(float[] z) {
    float[] w = new float[z.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = z[i] / scales[i];
    }
    return w;
  }

  @Override
  public float[] pullBack(float[] gradient) {
    return toLatent(gradient);
  }

  @Override
  public String toString() {
    return "diagonal";
  }
}
