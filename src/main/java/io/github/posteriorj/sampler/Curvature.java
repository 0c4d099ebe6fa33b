package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;

/**
 * The largest curvature of a potential at some places: the largest eigenvalue of its Hessian, by
 * power iteration.
 *
 * <p>For a symmetric H and a unit vector v, |H v| is never above the largest eigenvalue, so the
 * largest of all |H v| on the way counts.
 *
 * <p>A product of the Hessian with a unit vector v is taken as a difference of gradients, H v =
 * (grad U(z + h v) - grad U(z)) / h.
 */
final class Curvature {

  /** Length of the difference: long against the rounding of float32, short against |z|. */
  private static final double DIFFERENCE = 0.05;

  private Curvature() {}

  /**
   * Estimates the largest curvature around each of the places, and takes the largest of them.
   *
   * @param potential U
   * @param places where the chains are
   * @param iterations products with the Hessian to take, one evaluation each
   * @param random each chain's source for the vector to begin with
   * @return a lower bound that tightens with the iterations; never negative
   */
  static double largest(
      Potential potential, ChainState[] places, int iterations, RandomStream[] random) {
    int chains = places.length;
    float[][] directions = new float[chains][];
    for (int chain = 0; chain < chains; chain++) {
      directions[chain] = random[chain].gaussian(potential.dimension());
      normalise(directions[chain]);
    }
    double largest = 0;
    for (int iteration = 0; iteration < iterations; iteration++) {
      float[][] moved = new float[chains][];
      for (int chain = 0; chain < chains; chain++) {
        moved[chain] = sum(places[chain].position(), directions[chain], DIFFERENCE);
      }
      float[][] there = potential.evaluate(moved).gradient();
      for (int chain = 0; chain < chains; chain++) {
        directions[chain] = sum(there[chain], places[chain].gradient(), -1);
        largest = Math.max(largest, normalise(directions[chain]) / DIFFERENCE);
      }
    }
    return largest;
  }

  private static float[] sum(float[] a, float[] b, double factor) {
    float[] sum = new float[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (a[i] + factor * b[i]);
    }
    return sum;
  }

  /** Scales a vector to length 1, unless it is zero, and returns the length that it had. */
  private static double normalise(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    double length = Math.sqrt(squares);
    if (length > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
    return length;
  }
}
