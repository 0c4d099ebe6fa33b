package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.Potential;
import io.github.posteriorj.tensor.DeviceArrays;
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
      float[][] gradient =
          DeviceArrays.valuesOfEach(gradientOf.apply(DeviceArrays.copyOf(passing, states, shape)));
      return new Evaluation(new double[0], gradient, new double[0], new float[0][]);
    }
  }
}
