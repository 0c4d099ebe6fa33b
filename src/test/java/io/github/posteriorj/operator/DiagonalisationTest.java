package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coordinates of operators against the operators themselves. */
class DiagonalisationTest {

  private static final Shape IMAGE = new Shape(1, 24, 32);

  /** Rounding of float32 sums of some hundred terms, relative to the vectors' lengths. */
  private static final double ROUNDING = 1e-5;

  static Stream<LinearOperator> exact() {
    boolean[] visible = new boolean[(int) IMAGE.size()];
    float[] light = new float[visible.length];
    for (int i = 0; i < visible.length; i++) {
      visible[i] = i % 3 == 0;
      light[i] = 0.2f + i % 7;
    }
    float[] symmetric = {1, 2, 1, 3, 6, 3, 1, 2, 1};
    return Stream.of(
        new Identity(),
        new Scaling(-3),
        new GaussianBlur(1.5),
        new MirroredConvolution(PointSpreadFunction.of(symmetric, 3, 3)),
        PixelMask.of(visible, 32, 24),
        new PatternIllumination(light, 32, 24),
        new AveragePooling(4),
        (LinearOperator) Composition.of(new Scaling(2), new AveragePooling(2)),
        new Composition(List.of(new Affine(5, 3), new GaussianBlur(2))).linearPart().orElseThrow());
  }

  static Stream<LinearOperator> all() {
    float[] slanted = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    return Stream.concat(
        exact(),
        Stream.of(
            new MirroredConvolution(PointSpreadFunction.of(slanted, 3, 3)),
            new CircularConvolution(PointSpreadFunction.gaussian(1)),
            new LinearComposition(List.of(new GaussianBlur(1), new AveragePooling(2)))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theCoordinatesAreOrthonormal(LinearOperator operator) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      Diagonalisation diagonalisation = operator.diagonalisation(scope, IMAGE);
      NDArray x = random(scope, IMAGE, 1);
      NDArray c = diagonalisation.forward(x);
      assertEquals(x.getShape(), c.getShape());
      assertEquals(norm(x), norm(c), ROUNDING * norm(x));
      assertEquals(0, norm(diagonalisation.backward(c).sub(x)), ROUNDING * norm(x));
    }
  }

  @ParameterizedTest
  @MethodSource("exact")
  void theInformationOfEqualWeightsIsDiagonal(LinearOperator operator) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      Diagonalisation diagonalisation = operator.diagonalisation(scope, IMAGE);
      NDArray weights = scope.ones(new Shape(1).addAll(operator.outputShape(IMAGE))).mul(4);
      NDArray x = random(scope, IMAGE, 2);
      NDArray expected = operator.adjoint(operator.apply(x).mul(4));
      NDArray found =
          diagonalisation.backward(
              diagonalisation.forward(x).mul(diagonalisation.information(weights)));
      assertEquals(0, norm(found.sub(expected)), ROUNDING * norm(x) * norm(expected));
    }
  }

  /** The trace of A^T W A, estimated by |W^(1/2) A z|^2 of white images z. */
  @ParameterizedTest
  @MethodSource("all")
  void allInformationTogetherIsTheTrace(LinearOperator operator) {
    int draws = 400;
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      Shape measured = operator.outputShape(IMAGE);
      NDArray weights = random(scope, measured, 3).abs();
      NDArray information =
          operator
              .diagonalisation(scope, IMAGE)
              .information(weights)
              .mul(scope.ones(new Shape(1).addAll(IMAGE)));
      float[] traces =
          DeviceArrays.sumOfEach(
                  operator
                      .apply(random(scope, new Shape(draws).addAll(IMAGE), 4).squeeze(0))
                      .square()
                      .mul(weights))
              .toFloatArray();
      double mean = 0;
      for (float trace : traces) {
        mean += trace / draws;
      }
      // Waves spread evenly only nearly, and 16 images measure the power of a wave.
      assertEquals(mean, information.sum().getFloat(), 0.15 * mean, operator.toString());
      assertTrue(information.min().getFloat() >= 0);
    }
  }

  @Test
  void theLinearPartOfAnAffineOperatorIsItsSlope() {
    ForwardOperator affine =
        Composition.of(new Affine(200, 30), new GaussianBlur(1), new Affine(0.5, -7));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, IMAGE, 5);
      NDArray slope = affine.apply(x).sub(affine.apply(x.zerosLike()));
      NDArray linear = affine.linearPart().orElseThrow().apply(x);
      assertEquals(0, norm(slope.sub(linear)), ROUNDING * norm(slope));
    }
    assertTrue(new ClippedGain(2, -1, 1).linearPart().isEmpty());
    assertTrue(Composition.of(new GaussianBlur(1), new FourierMagnitude(0)).linearPart().isEmpty());
  }

  private static NDArray random(NDManager scope, Shape shape, long stream) {
    float[] values = RandomStream.of(17, stream).gaussian(Math.toIntExact(shape.size()));
    return DeviceArrays.copyOf(scope, values, new Shape(1).addAll(shape));
  }

  private static double norm(NDArray array) {
    return Math.sqrt(array.square().sum().getFloat());
  }
}
