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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every forward operator keeps, whatever it does to an image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForwardOperatorContract {

  /** Rounding of float32 sums of some hundred terms, relative to the vectors' lengths. */
  private static final double ROUNDING = 1e-5;

  /** Long against float32's rounding of A(x), short against the distance to kinks and bends. */
  private static final float STEP = 0.01f;

  /** A change that is no rounding of values near 1. */
  private static final float SEEN = 1e-5f;

  private static final List<Shape> IMAGES =
      List.of(
          new Shape(1, 16, 16),
          new Shape(1, 33, 47),
          new Shape(3, 21, 18),
          new Shape(1, 64, 64),
          new Shape(1, 512, 40),
          new Shape(1, 17, 512));

  /** The operators to test, one or more of each class. */
  abstract List<Example> examples();

  /**
   * An operator for images of any size, and the images that it takes.
   *
   * @param operator makes the operator for images [C, H, W]
   * @param fitting the nearest shape of images that the operator takes
   * @param reference the name of its values in references.yaml, or empty
   */
  record Example(
      Function<Shape, ForwardOperator> operator, UnaryOperator<Shape> fitting, String reference) {

    /** An operator for all images, which need not know their size. */
    static Example of(ForwardOperator operator) {
      return sized(image -> operator);
    }

    /** An operator that is made for images of one size. */
    static Example sized(Function<Shape, ForwardOperator> operator) {
      return new Example(operator, UnaryOperator.identity(), "");
    }

    /** The same for images whose sides are multiples of a number only. */
    Example forMultiplesOf(long factor) {
      return new Example(
          operator,
          image ->
              new Shape(
                  image.get(0), roundedUp(image.get(1), factor), roundedUp(image.get(2), factor)),
          reference);
    }

    /** The same for images of some number of channels only. */
    Example forChannels(long channels) {
      return new Example(
          operator, image -> new Shape(channels, image.get(1), image.get(2)), reference);
    }

    /** The same, to be compared with the values of this name that make_references.py computed. */
    Example as(String name) {
      return new Example(operator, fitting, name);
    }

    private static long roundedUp(long size, long factor) {
      return (size + factor - 1) / factor * factor;
    }

    Case on(Shape image) {
      Shape fitted = fitting.apply(image);
      return new Case(operator.apply(fitted), fitted);
    }
  }

  record Case(ForwardOperator operator, Shape image) {

    LinearOperator linear() {
      return (LinearOperator) operator;
    }

    Shape measurement() {
      return operator.outputShape(image);
    }
  }

  Stream<Case> cases() {
    return examples().stream().flatMap(example -> IMAGES.stream().map(example::on));
  }

  Stream<Case> linearCases() {
    return cases().filter(one -> one.operator() instanceof LinearOperator);
  }

  Stream<Case> neverSaturatingCases() {
    return cases().filter(one -> one.operator().neverSaturates());
  }

  Stream<Case> pixelCases() {
    return cases().filter(one -> one.operator().pixelResponse().isPresent());
  }

  Stream<Case> invertibleCases() {
    return cases().filter(one -> one.operator() instanceof PseudoInvertible);
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
  @MethodSource("neverSaturatingCases")
  void whatTellsOfADarkImageTellsOfABrightOneToo(Case one) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray change = random(scope, 1, one.image(), 18).mul(0.1f);
      NDArray bright = random(scope, 1, one.image(), 19).abs().add(0.5f);
      float[] ofDark = change(one, bright.zerosLike(), change);
      float[] ofBright = change(one, bright, change);
      for (int i = 0; i < ofDark.length; i++) {
        assertTrue(Math.abs(ofDark[i]) < SEEN || Math.abs(ofBright[i]) > 0, "value " + i);
      }
    }
  }

  private static float[] change(Case one, NDArray image, NDArray change) {
    ForwardOperator operator = one.operator();
    return operator.apply(image.add(change)).sub(operator.apply(image)).toFloatArray();
  }

  @ParameterizedTest
  @MethodSource("pixelCases")
  void theResponseOfAPixelIsTheOperator(Case one) {
    PixelResponse response = one.operator().pixelResponse().orElseThrow();
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 1, one.image(), 20);
      float[] expected = x.toFloatArray();
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) response.of(expected[i]);
      }
      // The values are of the order of 1.
      assertArrayEquals(expected, one.operator().apply(x).toFloatArray(), (float) ROUNDING);
    }
  }

  /** The four conditions of Penrose (1955), which only the pseudo-inverse fulfils. */
  @ParameterizedTest
  @MethodSource("invertibleCases")
  void thePseudoInverseFulfilsPenrosesConditions(Case one) {
    PseudoInvertible operator = (PseudoInvertible) one.operator();
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = random(scope, 1, one.image(), 12);
      NDArray other = random(scope, 1, one.image(), 13);
      NDArray y = random(scope, 1, one.measurement(), 14);
      NDArray weights = random(scope, 1, one.measurement(), 15);

      NDArray seen = operator.apply(x);
      NDArray projected = operator.pseudoInverse(seen);
      assertEquals(x.getShape(), projected.getShape());
      assertTrue(norm(operator.apply(projected).sub(seen)) < ROUNDING * norm(seen));

      NDArray back = operator.pseudoInverse(y);
      NDArray fitted = operator.apply(back);
      assertTrue(norm(operator.pseudoInverse(fitted).sub(back)) < ROUNDING * norm(back));

      // What a blur has weakened is amplified again, and A x's rounding with it.
      double amplification = 1 + norm(back) / norm(y);
      double left = dot(projected, other);
      double right = dot(x, operator.pseudoInverse(operator.apply(other)));
      assertEquals(left, right, ROUNDING * amplification * norm(x) * norm(other));

      left = dot(fitted, weights);
      right = dot(y, operator.apply(operator.pseudoInverse(weights)));
      assertEquals(left, right, ROUNDING * amplification * norm(y) * norm(weights));
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
      NDArray step = gradient.mul(STEP / (float) slope);
      double ahead = dot(one.operator().apply(x.add(step)), weights);
      double behind = dot(one.operator().apply(x.sub(step)), weights);
      assertEquals(slope, (ahead - behind) / (2 * STEP), 1e-3 * slope);
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
  void theSizeOfTheImageFollowsFromThatOfItsMeasurement(Case one) {
    assertEquals(one.image(), one.operator().inputShape(one.measurement()));
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

  /**
   * DJL's operations with Java numbers let go of memory that the gradient still needs: here Java
   * collects it, and writes over it, before the gradient is taken.
   */
  @Test
  void gradientsDoNotDependOnJavasGarbageCollector() {
    for (Example example : examples()) {
      Case one = example.on(new Shape(1, 33, 47));
      try (NDManager scope = ComputeDevice.CPU.newScope()) {
        NDArray x = random(scope, 1, one.image(), 16);
        NDArray weights = random(scope, 1, one.measurement(), 17);
        NDArray undisturbed = weightedGradient(one, x.duplicate(), weights);
        NDArray disturbed =
            Differentiation.valueAndGradient(
                    input -> {
                      NDArray predicted = one.operator().apply(input);
                      overwriteGarbage();
                      return predicted.mul(weights).sum();
                    },
                    x)
                .gradient();
        assertArrayEquals(undisturbed.toFloatArray(), disturbed.toFloatArray(), one::toString);
      }
    }
  }

  private static void overwriteGarbage() {
    System.gc();
    List<ByteBuffer> rubbish = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      rubbish.add(ByteBuffer.allocateDirect(Float.BYTES).putFloat(i));
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
