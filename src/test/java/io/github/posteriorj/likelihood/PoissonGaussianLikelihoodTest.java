package io.github.posteriorj.likelihood;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoissonGaussianLikelihoodTest {

  /** Pixels that share one rate, as many pixels under one blur nearly do. */
  private static final int PIXELS = 5;

  private static final int RUNS = 40;
  private static final int GRID = 600;

  /** -ln of the convolution sum_n Poisson(n; m) N(y; n, sigma^2), up to a constant. */
  private static double exact(double rate, double y, double sigma) {
    double sum = 0;
    double logPoisson = -rate;
    for (int n = 0; n < 70; n++) {
      sum += Math.exp(logPoisson - (y - n) * (y - n) / (2 * sigma * sigma));
      logPoisson += Math.log(rate) - Math.log(n + 1);
    }
    return -Math.log(sum);
  }

  private static double[] shifted(double[] rates, float[] y, double sigma) {
    float[] predictions = new float[rates.length * y.length];
    for (int row = 0; row < rates.length; row++) {
      Arrays.fill(predictions, row * y.length, (row + 1) * y.length, (float) rates[row]);
    }
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float[] values =
          new PoissonGaussianLikelihood(1, 0, sigma)
              .negativeLog(
                  scope.create(predictions, new Shape(rates.length, y.length)),
                  scope.create(y, new Shape(1, y.length)))
              .toFloatArray();
      double[] doubles = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }
  }

  /** The share of the normalised likelihood exp(-L) below a rate. */
  private static double below(double[] rates, double[] negativeLog, double rate) {
    double least = Arrays.stream(negativeLog).min().orElseThrow();
    double all = 0;
    double lower = 0;
    for (int i = 0; i < rates.length; i++) {
      double weight = Math.exp(least - negativeLog[i]);
      all += weight;
      lower += rates[i] < rate ? weight : 0;
    }
    return lower / all;
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "1, 1.5", "3, 1.5", "3, 3", "10, 1.5", "10, 3"})
  void itsIntervalsAreThoseOfTheExactConvolution(double rate, double sigma) {
    double[] rates = new double[GRID];
    for (int i = 0; i < GRID; i++) {
      rates[i] = 0.01 + i * 0.05;
    }
    OnlineMoments differences = new OnlineMoments(1);
    for (int run = 0; run < RUNS; run++) {
      float[] truth = new float[PIXELS];
      Arrays.fill(truth, (float) rate);
      float[] y =
          new PoissonGaussianLikelihood(1, 0, sigma).simulate(truth, RandomStream.of(91, run));
      double[] convolved = new double[GRID];
      for (int i = 0; i < GRID; i++) {
        for (float value : y) {
          convolved[i] += exact(rates[i], value, sigma);
        }
      }
      double expected = below(rates, convolved, rate);
      double found = below(rates, shifted(rates, y, sigma), rate);
      differences.add(new float[] {(float) (found - expected)});
    }
    // The place of the truth in the likelihood is a number between 0 and 1. Intervals of 50 % and
    // of
    // 90 % stay what they are if it moves by a few per cent, and to neither side on average.
    double spread = Math.sqrt(differences.variance()[0]);
    assertTrue(spread < 0.1, "spread " + spread);
    assertEquals(0, differences.mean()[0], 4 * spread / Math.sqrt(RUNS));
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 0", "2.5, 10, 0", "1, 2, 1.5", "2, 0.5, 3", "1, 20, 1.5"})
  void theScoresVarianceIsItsExpectedSlope(double gain, double photons, double sigma) {
    int draws = 100_000;
    PoissonGaussianLikelihood likelihood = new PoissonGaussianLikelihood(gain, 7, sigma);
    float[] truth = new float[draws];
    Arrays.fill(truth, (float) (7 + gain * photons));
    float[] y = likelihood.simulate(truth, RandomStream.of(92, 0));
    float[] scores = gradient(likelihood, truth, y);
    OnlineMoments squares = new OnlineMoments(1);
    for (float score : scores) {
      squares.add(new float[] {score * score});
    }
    double expected = 1 / (gain * gain * photons + sigma * sigma);
    double error = Math.sqrt(squares.variance()[0] / draws);
    assertEquals(expected, squares.mean()[0], 4 * error);
  }

  private static float[] gradient(Likelihood likelihood, float[] prediction, float[] y) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray measurement = scope.create(y, new Shape(1, y.length));
      return Differentiation.valueAndGradient(
              x -> likelihood.negativeLog(x, measurement),
              scope.create(prediction, new Shape(1, y.length)))
          .gradient()
          .toFloatArray();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "1.5, 2.25", "0.2, 0.1"})
  void belowZeroPhotonsItIsAGaussianOfTheReadNoise(double sigma, double variance) {
    PoissonGaussianLikelihood likelihood = new PoissonGaussianLikelihood(1, 0, sigma);
    double shift = sigma * sigma;
    float[] y = {0, 0, 1, 4};
    float seam = (float) (variance - shift);
    float[] dark = {-50, seam - 1, seam - 0.5f, seam - 1e-3f};
    float[] gradient = gradient(likelihood, dark, y);
    for (int i = 0; i < y.length; i++) {
      assertEquals((dark[i] - y[i]) / variance, gradient[i], 1e-4 * Math.abs(gradient[i]));
    }
    // No jump of the slope at the seam.
    float[] light = {seam + 1e-3f, seam + 1e-3f, seam + 1e-3f, seam + 1e-3f};
    float[] above = gradient(likelihood, light, y);
    assertEquals(gradient[3], above[3], 0.05 * Math.abs(gradient[3]));
  }

  @Test
  void brightImagesKeepTheirDigits() {
    int pixels = 1 << 16;
    float[] y = new float[pixels];
    float[] near = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      y[i] = 50_000 + i % 7;
      near[i] = y[i] + 200;
    }
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float value =
          PoissonGaussianLikelihood.poisson(1, 0)
              .negativeLog(
                  scope.create(near, new Shape(1, pixels)), scope.create(y, new Shape(1, pixels)))
              .getFloat(0);
      double expected = 0;
      for (int i = 0; i < pixels; i++) {
        double ratio = 200.0 / y[i];
        expected += y[i] * (ratio - Math.log1p(ratio));
      }
      assertEquals(expected, value, 0.01 * expected);
    }
  }

  @Test
  void negativeCountsAreRefusedUnlessReadNoiseMadeThem() {
    float[] y = {12, 9, 10, 8};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PoissonGaussianLikelihood.poisson(1, 10).check(y))
            .getMessage();
    assertTrue(message.contains("no negative counts, but 2 of 4 pixels"), message);
    assertTrue(message.contains("offset of 10.0"), message);
    assertDoesNotThrow(() -> new PoissonGaussianLikelihood(1, 10, 2).check(y));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, gain must be a positive number",
    "NaN, 0, 0, gain must be a positive number",
    "1, Infinity, 0, offset must be a number",
    "1, 0, -1, read noise must be 0 or a positive number",
  })
  void numbersThatMakeNoCameraAreNamed(double gain, double offset, double sigma, String part) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new PoissonGaussianLikelihood(gain, offset, sigma))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
