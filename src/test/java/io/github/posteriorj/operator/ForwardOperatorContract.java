package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every forward operator keeps, whatever it does to an image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForwardOperatorContract {

  /** Rounding of float32 sums of some hundred terms, relative to the vectors' lengths. */
  private static final double ROUNDING = 1e-5;

  private static final List<Shape> IMAGES =
      List.of(
          new Shape(1, 16, 16), new Shape(1, 33, 47), new Shape(1, 64, 64), new Shape(1, 512, 40));

  /** The operators to test, one or more of each class. */
  abstract List<ForwardOperator> operators();

  record Case(ForwardOperator operator, Shape image) {

    LinearOperator linear() {
      return (LinearOperator) operator;
    }

    Shape measurement() {
      return operator.outputShape(image);
    }
  }

  Stream<Case> cases() {
    return operators().stream()
        .flatMap(operator -> IMAGES.stream().map(image -> new Case(operator, image)));
  }

  Stream<Case> linearCases() {
    return cases().filter(one -> one.operator() instanceof LinearOperator);
  }

  @ParameterizedTest
  @MethodSource("linearCases")
  void theAdjointIsTheTransposeOfTheOperator(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 1, one.image(), 1);
      NDArray y = random(scope, 1, one.measurement(), 2);
      NDArray predicted = one.linear().apply(x);
      NDArray back = one.linear().adjoint(y);
      assertEquals(x.getShape(), back.getShape());
      double left = dot(predicted, y);
      double right = dot(x, back);
      assertEquals(left, right, ROUNDING * norm(predicted) * norm(y));
    }
  }

  @ParameterizedTest
  @MethodSource("linearCases")
  void theAdjointIsWhatAutomaticDifferentiationGives(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 1, one.image(), 3);
      NDArray y = random(scope, 1, one.measurement(), 4);
      NDArray adjoint = one.linear().adjoint(y);
      NDArray gradient = weightedGradient(one, x, y);
      assertTrue(norm(gradient.sub(adjoint)) < ROUNDING * norm(adjoint));
    }
  }

  @ParameterizedTest
  @MethodSource("linearCases")
  void aLinearOperatorIsLinear(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray a = random(scope, 1, one.image(), 5);
      NDArray b = random(scope, 1, one.image(), 6);
      NDArray together = one.operator().apply(a.mul(3).add(b));
      NDArray apart = one.operator().apply(a).mul(3).add(one.operator().apply(b));
      assertTrue(norm(together.sub(apart)) < ROUNDING * norm(together));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientAgreesWithCentralDifferences(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 1, one.image(), 7);
      NDArray weights = random(scope, 1, one.measurement(), 8);
      NDArray gradient = weightedGradient(one, x.duplicate(), weights);
      double slope = norm(gradient);
      // One unit along the gradient: long against float32's rounding of A(x), short against |x|.
      NDArray step = gradient.div((float) slope);
      double ahead = dot(one.operator().apply(x.add(step)), weights);
      double behind = dot(one.operator().apply(x.sub(step)), weights);
      assertEquals(slope, (ahead - behind) / 2, 1e-3 * slope);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBatchGivesWhatItsImagesGiveOneByOne(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 3, one.image(), 9);
      NDArray together = one.operator().apply(x);
      for (int i = 0; i < 3; i++) {
        NDArray alone = one.operator().apply(x.get(i).expandDims(0));
        // The values are of the order of 1.
        assertArrayEquals(alone.toFloatArray(), together.get(i).toFloatArray(), (float) ROUNDING);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOutputHasTheDeclaredShapeAndLivesInTheScopeOfTheInput(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 2, one.image(), 10);
      NDArray predicted = one.operator().apply(x);
      assertEquals(new Shape(2).addAll(one.measurement()), predicted.getShape());
      assertSame(scope, predicted.getManager());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theInputIsNotChanged(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 1, one.image(), 11);
      float[] before = x.toFloatArray();
      one.operator().apply(x);
      assertArrayEquals(before, x.toFloatArray());
    }
  }

  /** The gradient of (A(x), w) with respect to x. */
  private static NDArray weightedGradient(Case one, NDArray x, NDArray weights) {
    return Differentiation.valueAndGradient(
            input -> one.operator().apply(input).mul(weights).sum(), x)
        .gradient();
  }

  static NDArray random(NDManager scope, int batch, Shape shape, long stream) {
    Shape all = new Shape(batch).addAll(shape);
    float[] values = RandomStream.of(41, stream).gaussian(Math.toIntExact(all.size()));
    return scope.create(values, all);
  }

  /** The inner product, summed in double precision. */
  private static double dot(NDArray a, NDArray b) {
    float[] left = a.toFloatArray();
    float[] right = b.toFloatArray();
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }

  private static double norm(NDArray a) {
    return Math.sqrt(dot(a, a));
  }
}
