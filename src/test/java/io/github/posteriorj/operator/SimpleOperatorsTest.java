package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pixelwise operators do beyond their contract, and what they refuse. */
class SimpleOperatorsTest {

  private static final Shape IMAGE = new Shape(1, 5, 6);

  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  private static RandomStream random(long seed) {
    return RandomStream.of(seed, 0);
  }

  /** Dark becomes bright twice on the way, and each camera has limits of its own. */
  @Test
  void responsesOneAfterAnotherAreOneResponse() {
    ForwardOperator cameras =
        Composition.of(
            new Affine(-1.5, 0.2),
            new ClippedGain(2, -1, 1.5),
            new Affine(-0.5, 0.3),
            new ClippedGain(1, -0.3, 2));
    PixelResponse response = cameras.pixelResponse().orElseThrow();
    float[] x = random(3).gaussian(Math.toIntExact(IMAGE.size()));
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = (float) response.of(x[i]);
    }
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray image = scope.create(x, new Shape(1).addAll(IMAGE));
      assertArrayEquals(expected, cameras.apply(image).toFloatArray(), 1e-6f);
    }
    assertEquals(new PixelResponse(1.5, 0.1, -0.3, 0.8), rounded(response));
  }

  private static PixelResponse rounded(PixelResponse one) {
    return new PixelResponse(
        Math.rint(1e9 * one.gain()) / 1e9,
        Math.rint(1e9 * one.offset()) / 1e9,
        Math.rint(1e9 * one.low()) / 1e9,
        Math.rint(1e9 * one.high()) / 1e9);
  }

  @Test
  void aResponseNeedsAGainAndLimitsInOrder() {
    assertTrue(refusal(() -> new PixelResponse(0, 0, -1, 1)).contains("a gain other than 0"));
    assertTrue(refusal(() -> new PixelResponse(2, 0, 1, -1)).contains("limits in order"));
  }

  /** A camera's offset is taken off before its limits are looked for. */
  @Test
  void aCameraWithAnOffsetIsRelaxedToo() {
    ForwardOperator camera =
        Composition.of(new ClippedGain(2, -1, 1), new Affine(10, 100), new Affine(1, 5));
    float[] y = {95, 105, 115, 105};
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = scope.create(new float[] {-3, -3, 3, 3}, new Shape(1, 1, 2, 2));
      float[] relaxed = camera.relaxed(y).apply(x).toFloatArray();
      assertArrayEquals(new float[] {95, 45, 115, 165}, relaxed, 1e-4f);
    }
  }

  @Test
  void whatMixesPixelsHasNoResponse() {
    ForwardOperator camera = new ClippedGain(2, -1, 1);
    assertTrue(Composition.of(new GaussianBlur(1), camera).pixelResponse().isEmpty());
    assertTrue(Composition.of(camera, new FourierMagnitude(0)).pixelResponse().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"0.1, 410", "0.2, 819", "0.5, 2048", "0.9999, 4096", "1, 4096", "0.0002, 1"})
  void aRandomMaskShowsExactlyTheShareThatWasAskedFor(double share, int visible) {
    PixelMask mask = PixelMask.random(64, 64, share, random(1));
    int ones = 0;
    for (float value : mask.values()) {
      ones += value == 1 ? 1 : 0;
    }
    assertEquals(visible, ones);
    assertEquals("Pixel mask, %d of 4096 pixels visible".formatted(visible), mask.toString());
  }

  @Test
  void aRandomMaskIsAsDenseInEachPartOfTheImage() {
    float[] values = PixelMask.random(100, 100, 0.2, random(2)).values();
    for (int part = 0; part < 10; part++) {
      double sum = 0;
      for (int i = 0; i < 1000; i++) {
        sum += values[part * 1000 + i];
      }
      // Hypergeometric: 1000 of 10000 pixels, standard deviation sqrt(1000 * 0.2 * 0.8 * 0.9) = 12.
      assertEquals(200, sum, 4 * 12);
    }
  }

  @Test
  void aRandomMaskDependsOnItsSeedAlone() {
    float[] first = PixelMask.random(20, 30, 0.3, random(3)).values();
    assertArrayEquals(first, PixelMask.random(20, 30, 0.3, random(3)).values());
    assertTrue(Arrays.mismatch(first, PixelMask.random(20, 30, 0.3, random(4)).values()) >= 0);
  }

  @Test
  void aHiddenBoxHidesItsPixelsOnly() {
    PixelMask mask = PixelMask.hiddenBox(6, 5, 1, 2, 3, 2);
    assertArrayEquals(
        new float[] {
          1, 1, 1, 1, 1, 1, //
          1, 1, 1, 1, 1, 1, //
          1, 0, 0, 0, 1, 1, //
          1, 0, 0, 0, 1, 1, //
          1, 1, 1, 1, 1, 1
        },
        mask.values());
    assertEquals("Pixel mask, 24 of 30 pixels visible", mask.toString());
  }

  @Test
  void aMaskThatHidesEverythingIsRefused() {
    assertTrue(refusal(() -> PixelMask.of(new boolean[30], 6, 5)).contains("hides all pixels"));
    assertTrue(
        refusal(() -> PixelMask.random(6, 5, 0.001, random(1))).contains("hides all pixels"));
    assertTrue(refusal(() -> PixelMask.hiddenBox(6, 5, 0, 0, 6, 5)).contains("hides all pixels"));
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    String message = "The mask has 5 x 6 pixels, but the image has 6 x 5.";
    PixelMask mask = PixelMask.random(5, 6, 0.5, random(1));
    assertTrue(refusal(() -> mask.outputShape(IMAGE)).startsWith(message));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = scope.ones(new Shape(1, 1, 5, 6));
      assertTrue(refusal(() -> mask.apply(x)).startsWith(message));
    }
    assertEquals(
        "A mask of 6 x 5 pixels has 30 values, not 29.",
        refusal(() -> PixelMask.of(new boolean[29], 6, 5)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void aShareOfVisiblePixelsOutsideZeroToOneIsRefused(double share) {
    assertEquals(
        "The share of visible pixels must be above 0 and at most 1, not " + share + ".",
        refusal(() -> PixelMask.random(6, 5, share, random(1))));
  }

  @Test
  void aBoxOutsideTheImageOrWithoutPixelsIsRefused() {
    assertEquals(
        "The hidden box of 3 x 2 pixels at (4, 0) reaches out of the image of 6 x 5.",
        refusal(() -> PixelMask.hiddenBox(6, 5, 4, 0, 3, 2)));
    assertEquals(
        "The hidden box of 3 x 2 pixels at (0, -1) reaches out of the image of 6 x 5.",
        refusal(() -> PixelMask.hiddenBox(6, 5, 0, -1, 3, 2)));
    assertEquals(
        "The hidden box must have at least one pixel, not 0 x 2.",
        refusal(() -> PixelMask.hiddenBox(6, 5, 1, 1, 0, 2)));
  }

  @Test
  void aFactorThatDoesNotDivideTheImageIsRefused() {
    assertEquals(
        "The factor 4 does not divide the image's size of 33 x 47 pixels. Crop the image to a"
            + " multiple, for example 32 x 44, or choose another factor.",
        refusal(() -> new AveragePooling(4).outputShape(new Shape(1, 47, 33))));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = scope.ones(new Shape(1, 1, 5, 6));
      assertTrue(refusal(() -> new AveragePooling(2).apply(x)).contains("does not divide"));
    }
    assertEquals(
        "The factor of the pooling must be 1 or more, not 0.",
        refusal(() -> new AveragePooling(0)));
  }

  @Test
  void whatSaturatesHasNoGradient() {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = scope.create(new float[] {-0.6f, -0.4f, 0.3f, 0.7f}, new Shape(1, 1, 2, 2));
      Differentiation.ValueAndGradient result =
          Differentiation.valueAndGradient(
              image -> new ClippedGain(2, -1, 1).apply(image).sum(), x);
      assertArrayEquals(new float[] {0, 2, 2, 0}, result.gradient().toFloatArray());
    }
  }

  @Test
  void levelsAndGainsThatMakeNoCameraAreRefused() {
    assertEquals(
        "The gain before clipping must be a positive number, not -2.0.",
        refusal(() -> new ClippedGain(-2, -1, 1)));
    assertEquals(
        "Clipping needs a lower level below its upper level, both finite, not 1.0 and 1.0.",
        refusal(() -> new ClippedGain(2, 1, 1)));
    assertEquals(
        "The gain must be a number other than 0, not 0.0.", refusal(() -> new Affine(0, 1)));
    assertEquals(
        "The offset must be a finite number, not NaN.", refusal(() -> new Affine(1, Double.NaN)));
  }

  @Test
  void patternsThatFitNoImageAreRefused() {
    float[] pattern = new float[30];
    assertEquals(
        "A pattern of 5 x 5 pixels has 25 values, not 30.",
        refusal(() -> new PatternIllumination(pattern, 5, 5)));
    assertTrue(
        refusal(() -> new PatternIllumination(pattern, 6, 5))
            .startsWith("The pattern is 0 at all"));
    pattern[8] = Float.NaN;
    assertTrue(
        refusal(() -> new PatternIllumination(pattern, 6, 5))
            .startsWith("The pattern's value at (2, 1) is NaN."));
    pattern[8] = 1;
    assertTrue(
        refusal(() -> new PatternIllumination(pattern, 6, 5).outputShape(new Shape(1, 6, 5)))
            .startsWith("The pattern has 6 x 5 pixels, but the image has 5 x 6."));
  }

  @Test
  void aCompositionIsLinearWhereAllItsOperatorsAre() {
    assertInstanceOf(
        LinearOperator.class, Composition.of(new GaussianBlur(1), new AveragePooling(2)));
    ForwardOperator camera = Composition.of(new GaussianBlur(1), new ClippedGain(2, -1, 1));
    assertInstanceOf(Composition.class, camera);
    assertEquals(
        "Gaussian blur, standard deviation 1.0 pixels; then Gain 2.0, clipped to -1.0 to 1.0",
        camera.toString());
    assertEquals(
        "A composition needs at least one operator.", refusal(() -> new Composition(List.of())));
    assertEquals("A composition needs at least one operator.", refusal(Composition::of));
  }

  @Test
  void onlyColoursCanBeTurnedGray() {
    assertEquals(
        "Only images of three channels (red, green, blue) can be turned gray, not of 1. Use a prior"
            + " for colour images.",
        refusal(() -> ColorToGray.luma().outputShape(IMAGE)));
    assertEquals(
        "The weights of red, green and blue must be finite numbers, not all of them 0, but they are"
            + " 0.0, 0.0 and 0.0.",
        refusal(() -> new ColorToGray(0, 0, 0)));
    assertEquals(
        "A gray image has one channel, not 3.",
        refusal(() -> ColorToGray.mean().inputShape(new Shape(3, 8, 8))));
  }

  @Test
  void whiteStaysWhiteInBothGrays() {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray white = scope.ones(new Shape(1, 3, 1, 1));
      assertEquals(1, ColorToGray.luma().apply(white).getFloat(), 1e-6);
      assertEquals(1, ColorToGray.mean().apply(white).getFloat(), 1e-6);
    }
  }

  @Test
  void whereTheFourierMagnitudeIsZeroItsGradientIsZero() {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = scope.zeros(new Shape(1, 1, 6, 8));
      float[] gradient =
          Differentiation.valueAndGradient(
                  image -> new FourierMagnitude(0.25).apply(image).sum(), x)
              .gradient()
              .toFloatArray();
      assertArrayEquals(new float[48], gradient);
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "33, 47", "512, 512", "17, 500"})
  void theFourierMagnitudeKeepsTheSumOfSquares(int height, int width) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 1, new Shape(1, height, width), 1);
      NDArray y = new FourierMagnitude(FourierMagnitude.QUARTER).apply(x);
      double expected = x.square().sum().getFloat();
      assertEquals(expected, y.square().sum().getFloat(), 1e-5 * expected); // Parseval
    }
  }

  @Test
  void theTwinImageHasTheSameFourierMagnitude() {
    FourierMagnitude operator = new FourierMagnitude(FourierMagnitude.QUARTER);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = ForwardOperatorContract.random(scope, 1, new Shape(1, 13, 20), 1);
      NDArray twin = x.flip(2, 3);
      assertArrayEquals(
          operator.apply(x).toFloatArray(), operator.apply(twin).toFloatArray(), 1e-5f);
    }
  }

  @Test
  void aFourierMagnitudeOfTheWrongKindIsRefused() {
    assertEquals(
        "The padding must be from 0 to 4 times the image's size on each side, not -0.1.",
        refusal(() -> new FourierMagnitude(-0.1)));
    assertEquals(
        "A Fourier transform needs images of at least 2 x 2 pixels.",
        refusal(() -> new FourierMagnitude(0.25).outputShape(new Shape(1, 1, 9))));
    assertEquals(
        "No image, padded by 0.25 of its size on each side, has a Fourier magnitude of 98 pixels a"
            + " side. The nearest are 97 for an image of 65 pixels, and 100 for one of 66.",
        refusal(() -> new FourierMagnitude(0.25).inputShape(new Shape(1, 96, 98))));
  }
}
