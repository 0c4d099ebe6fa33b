package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.Potential;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A function of images on the device as a potential of states in Java, of which the gradient alone
 * is known.
 *
 * @param gradientOf the gradient at images, of their shape
 * @param scope where each evaluation makes a scope of its own
 * @param shape of the images, [N, C, H', W']
 */
record ImagePotential(UnaryOperator<NDArray> gradientOf, NDManager scope, Shape shape)
    implements Potential {

  @Override
  public int dimension() {
    return Math.toIntExact(shape.size() / shape.get(0));
  }

  @Override
  public Evaluation evaluate(float[][] states) {
    try (NDManager passing = scope.newSubManager()) {
      float[][] gradient = rows(gradientOf.apply(batch(passing, states, shape)));
      return new Evaluation(new double[0], gradient, new double[0], new float[0][]);
    }
  }

  /** Images as rows of numbers. */
  static float[][] rows(NDArray images) {
    float[] all = images.toFloatArray();
    int rows = Math.toIntExact(images.getShape().get(0));
    int length = all.length / rows;
    float[][] each = new float[rows][];
    Arrays.setAll(each, row -> Arrays.copyOfRange(all, row * length, (row + 1) * length));
    return each;
  }

  /** Rows of numbers as images. */
  static NDArray batch(NDManager scope, float[][] rows, Shape shape) {
    int length = rows[0].length;
    float[] all = new float[rows.length * length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * length, length);
    }
    return DeviceArrays.copyOf(scope, all, shape);
  }
}
