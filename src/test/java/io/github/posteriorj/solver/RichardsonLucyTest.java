package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RichardsonLucyTest {

  private static final GaussianBlur BLUR = new GaussianBlur(1.5);
  private static final Shape SHAPE = new Shape(1, 1, 32, 24);

  private final NDManager scope = ComputeDevice.CPU.newScope();

  @AfterEach
  void closeScope() {
    scope.close();
  }

  /** Spots on a dim background. */
  private NDArray sharp() {
    float[] pixels = new float[Math.toIntExact(SHAPE.size())];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % 24;
      int y = i / 24;
      pixels[i] = x % 8 == 4 && y % 8 == 4 ? 1000 : 10;
    }
    return scope.create(pixels, SHAPE);
  }

  private static double sum(NDArray array) {
    double sum = 0;
    for (float value : array.toFloatArray()) {
      sum += value;
    }
    return sum;
  }

  @Test
  void withoutNoiseTheEstimateComesCloserToTheTruthAndTheDataWithEveryStage() {
    NDArray truth = sharp();
    NDArray y = BLUR.apply(truth);
    double closeness = PeakSignalToNoise.of(y.toFloatArray(), truth.toFloatArray());
    double misfit = Double.POSITIVE_INFINITY;
    for (int iterations : new int[] {5, 50, 200}) {
      NDArray estimate = RichardsonLucy.deconvolve(BLUR, y, iterations);
      double closer = PeakSignalToNoise.of(estimate.toFloatArray(), truth.toFloatArray());
      double residual = BLUR.apply(estimate).sub(y).square().mean().getFloat();
      assertTrue(closer > closeness, closer + " dB after " + iterations);
      assertTrue(residual < misfit, residual + " after " + iterations);
      closeness = closer;
      misfit = residual;
    }
    // The spots have a contrast of 990; what is left of it is less than a tenth of the background.
    assertTrue(Math.sqrt(misfit) < 1, "residual " + Math.sqrt(misfit));
  }

  @Test
  void theEstimateStaysPositiveAndKeepsTheLight() {
    float[] y = BLUR.apply(sharp()).toFloatArray();
    float[] noise = RandomStream.of(1, 0).gaussian(y.length);
    double light = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(0.5f, y[i] + noise[i]);
      light += y[i];
    }
    NDArray estimate = RichardsonLucy.deconvolve(BLUR, scope.create(y, SHAPE), 30);
    for (float value : estimate.toFloatArray()) {
      assertTrue(value >= 0 && Float.isFinite(value));
    }
    assertEquals(light, sum(estimate), 1e-4 * light); // float32, over 30 iterations
  }

  @Test
  void darkAndNegativePixelsDoNoHarm() {
    float[] y = new float[Math.toIntExact(SHAPE.size())];
    y[100] = 50;
    y[200] = -5;
    for (float value : RichardsonLucy.deconvolve(BLUR, scope.create(y, SHAPE), 20).toFloatArray()) {
      assertTrue(value >= 0 && Float.isFinite(value));
    }
  }

  /** A = 3: every pixel three times as bright. */
  private record Gain() implements LinearOperator {
    @Override
    public NDArray apply(NDArray x) {
      return x.mul(3);
    }

    @Override
    public NDArray adjoint(NDArray y) {
      return y.mul(3);
    }

    @Override
    public Shape outputShape(Shape x) {
      return x;
    }
  }

  @Test
  void anOperatorThatChangesTheBrightnessIsUndone() {
    NDArray truth = sharp();
    NDArray estimate = RichardsonLucy.deconvolve(new Gain(), truth.mul(3), 1);
    assertArrayEquals(truth.toFloatArray(), estimate.toFloatArray(), 1e-3f); // of up to 1000
  }

  @Test
  void noIterationsGiveAConstantImage() {
    NDArray y = BLUR.apply(sharp());
    float[] estimate = RichardsonLucy.deconvolve(BLUR, y, 0).toFloatArray();
    for (float value : estimate) {
      assertEquals(sum(y) / estimate.length, value, 1e-4 * value);
    }
  }
}
