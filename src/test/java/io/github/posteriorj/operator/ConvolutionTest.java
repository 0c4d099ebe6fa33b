package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two convolutions beyond their contract. */
class ConvolutionTest {

  @ParameterizedTest
  @CsvSource({"16, 16, 0.8", "40, 57, 2.3", "127, 130, 4", "512, 512, 5", "31, 512, 1.5"})
  void aGaussianPointSpreadFunctionBlursAsTheGaussianBlurDoes(int height, int width, double sigma) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 2, new Shape(1, height, width), 1);
      NDArray expected = new GaussianBlur(sigma).apply(x);
      NDArray blurred = new MirroredConvolution(PointSpreadFunction.gaussian(sigma)).apply(x);
      // The point spread function ends at five standard deviations, the blur at ten.
      assertArrayEquals(expected.toFloatArray(), blurred.toFloatArray(), 1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "101, 90", "512, 512"})
  void awayFromTheBorderBothConvolutionsAreOne(int height, int width) {
    PointSpreadFunction psf = MotionKernels.randomPath(31, 0.5, RandomStream.of(1, 0));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 1, new Shape(1, height, width), 2);
      NDIndex inside = new NDIndex(":, :, 31:-31, 31:-31");
      assertArrayEquals(
          new MirroredConvolution(psf).apply(x).get(inside).toFloatArray(),
          new CircularConvolution(psf).apply(x).get(inside).toFloatArray(),
          1e-5f);
    }
  }

  @Test
  void aConstantImageStaysConstant() {
    PointSpreadFunction psf = PointSpreadFunction.of(new float[] {3, 0, 1, 2, 0, 5}, 3, 2);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = scope.full(new Shape(1, 1, 9, 11), 7.5f);
      for (ForwardOperator blur :
          new ForwardOperator[] {new MirroredConvolution(psf), new CircularConvolution(psf)}) {
        for (float value : blur.apply(x).toFloatArray()) {
          assertEquals(7.5, value, 7.5 * 1e-6);
        }
      }
    }
  }

  @Test
  void aPointSpreadFunctionAsLargeAsTheImageReachesItsFarthestMirrorImage() {
    float[] corner = new float[25];
    corner[0] = 1e-3f;
    corner[24] = 1;
    PointSpreadFunction psf = PointSpreadFunction.of(corner, 5, 5);
    assertEquals(4, psf.originColumn());
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float[] image = new float[25];
      image[12] = 1001; // the middle of 5 x 5 pixels
      float[] blurred =
          new MirroredConvolution(psf)
              .apply(scope.create(image, new Shape(1, 1, 5, 5)))
              .toFloatArray();
      float[] expected = new float[25];
      expected[12] = 1000;
      // x(p + 4) = x(5), the mirror image of pixel 4, at p = 1; pixel 2 is seen from p = 3.
      expected[3 * 5 + 3] = 1;
      assertArrayEquals(expected, blurred, 1e-3f); // float32's rounding of 1000
    }
  }

  @Test
  void theCircularPseudoInverseGivesBackWhatABlurThatLosesNothingBlurred() {
    PointSpreadFunction weak =
        PointSpreadFunction.of(new float[] {0, 1, 0, 1, 8, 1, 0, 1, 0}, 3, 3);
    CircularConvolution blur = new CircularConvolution(weak);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 1, new Shape(1, 15, 22), 2);
      assertArrayEquals(x.toFloatArray(), blur.pseudoInverse(blur.apply(x)).toFloatArray(), 1e-5f);
    }
  }
}
