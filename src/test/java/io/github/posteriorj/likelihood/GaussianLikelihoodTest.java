package io.github.posteriorj.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianLikelihoodTest {

  private static final int PIXELS = 7 * 9;
  private static final double SIGMA = 0.3;

  private static final GaussianLikelihood LIKELIHOOD = new GaussianLikelihood(SIGMA);

  private static double formula(float[] prediction, int row, float[] y, int measurement) {
    double squares = 0;
    for (int i = 0; i < PIXELS; i++) {
      double residual = prediction[row * PIXELS + i] - y[measurement * PIXELS + i];
      squares += residual * residual;
    }
    return squares / (2 * SIGMA * SIGMA);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theValueIsTheFormulaOfEachRow(int measurements) {
    float[] prediction = RandomStream.of(1, 0).gaussian(3 * PIXELS);
    float[] y = RandomStream.of(1, 1).gaussian(measurements * PIXELS);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray value =
          LIKELIHOOD.negativeLog(
              scope.create(prediction, new Shape(3, 1, 7, 9)),
              scope.create(y, new Shape(measurements, 1, 7, 9)));
      assertEquals(new Shape(3), value.getShape());
      for (int row = 0; row < 3; row++) {
        double expected = formula(prediction, row, y, measurements == 1 ? 0 : row);
        assertEquals(expected, value.getFloat(row), 1e-5 * expected); // float32
      }
    }
  }

  @Test
  void theGradientIsTheResidualOverTheVariance() {
    float[] prediction = RandomStream.of(2, 0).gaussian(2 * PIXELS);
    float[] y = RandomStream.of(2, 1).gaussian(PIXELS);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray measurement = scope.create(y, new Shape(1, 1, 7, 9));
      float[] gradient =
          Differentiation.valueAndGradient(
                  x -> LIKELIHOOD.negativeLog(x, measurement),
                  scope.create(prediction, new Shape(2, 1, 7, 9)))
              .gradient()
              .toFloatArray();
      for (int i = 0; i < gradient.length; i++) {
        double expected = (prediction[i] - y[i % PIXELS]) / (SIGMA * SIGMA);
        assertEquals(expected, gradient[i], 1e-4); // float32 of values up to some tens
      }
    }
  }

  @Test
  void simulatedNoiseHasTheLevelAndNoBias() {
    int count = 200_000;
    float[] prediction = new float[count];
    Arrays.fill(prediction, 5);
    float[] y = LIKELIHOOD.simulate(prediction, RandomStream.of(3, 0));
    double mean = 0;
    for (float value : y) {
      mean += value / count;
    }
    double variance = 0;
    for (float value : y) {
      variance += (value - mean) * (value - mean) / (count - 1);
    }
    // Four standard errors of a mean and of a normal variance.
    assertEquals(5, mean, 4 * SIGMA / Math.sqrt(count));
    assertEquals(SIGMA * SIGMA, variance, 4 * SIGMA * SIGMA * Math.sqrt(2.0 / count));
  }

  @Test
  void oneSeedGivesTheSameNoiseAndLeavesThePredictionAlone() {
    float[] prediction = new float[100];
    float[] first = LIKELIHOOD.simulate(prediction, RandomStream.of(4, 0));
    assertArrayEquals(first, LIKELIHOOD.simulate(prediction, RandomStream.of(4, 0)));
    assertFalse(Arrays.equals(first, LIKELIHOOD.simulate(prediction, RandomStream.of(5, 0))));
    assertArrayEquals(new float[100], prediction);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-25, 1, 1e25})
  void noUnitOfIntensityIsTooSmallOrTooLarge(double unit) {
    float[] y = RandomStream.of(6, 0).gaussian(PIXELS);
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (unit * y[i]);
    }
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray measurement = scope.create(y, new Shape(1, 1, 7, 9));
      float value =
          new GaussianLikelihood(SIGMA * unit)
              .negativeLog(measurement.zerosLike(), measurement)
              .getFloat(0);
      double expected =
          LIKELIHOOD.misfit(new float[PIXELS], RandomStream.of(6, 0).gaussian(PIXELS)) * PIXELS / 2;
      assertEquals(expected, value, 1e-5 * expected); // float32
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aLevelThatIsNoneIsRefusedWithItsValue(double sigma) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new GaussianLikelihood(sigma))
            .getMessage();
    assertTrue(message.contains("noise") && message.contains("not " + sigma + "."), message);
  }
}
