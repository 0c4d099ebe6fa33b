package io.github.posteriorj.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The information that likelihoods tell of, against the variance of their scores. */
class FisherInformationTest {

  private static final int DRAWS = 4000;
  private static final float[] PREDICTIONS = {0.3f, 2, 10, 60};

  static Stream<NoiseLikelihood> likelihoods() {
    return Stream.of(
        new GaussianLikelihood(0.7),
        new PixelwiseGaussianLikelihood(new float[] {0.1f, 1, 2, 5}),
        PoissonGaussianLikelihood.poisson(0.5, 0.1),
        new PoissonGaussianLikelihood(2, -1, 3));
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void theInformationIsTheVarianceOfTheScore(NoiseLikelihood likelihood) {
    RandomStream random = RandomStream.of(1, 2);
    double[] squares = new double[PREDICTIONS.length];
    double[] fourths = new double[PREDICTIONS.length];
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      Shape shape = new Shape(1, PREDICTIONS.length);
      for (int i = 0; i < DRAWS; i++) {
        try (NDManager passing = scope.newSubManager()) {
          float[] simulated = likelihood.simulate(PREDICTIONS, random);
          NDArray y = DeviceArrays.copyOf(passing, simulated, shape);
          NDArray prediction = DeviceArrays.copyOf(passing, PREDICTIONS, shape);
          float[] score =
              Differentiation.valueAndGradient(x -> likelihood.negativeLog(x, y), prediction)
                  .gradient()
                  .toFloatArray();
          for (int j = 0; j < score.length; j++) {
            squares[j] += Math.pow(score[j], 2) / DRAWS;
            fourths[j] += Math.pow(score[j], 4) / DRAWS;
          }
        }
      }
      float[] information =
          likelihood
              .information(DeviceArrays.copyOf(scope, PREDICTIONS, shape))
              .orElseThrow()
              .broadcast(shape)
              .toFloatArray();
      for (int j = 0; j < squares.length; j++) {
        double error = Math.sqrt((fourths[j] - squares[j] * squares[j]) / DRAWS);
        assertEquals(squares[j], information[j], 4 * error, likelihood + " at " + PREDICTIONS[j]);
      }
    }
  }

  @Test
  void whatIsNotObservedHasNoInformation() {
    ObservedLikelihood observed =
        new ObservedLikelihood(
            new PixelwiseGaussianLikelihood(new float[] {0.5f, 0.1f}),
            new boolean[] {false, true, false, true});
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray prediction = scope.ones(new Shape(1, 1, 2, 2));
      NDArray information = observed.information(prediction).orElseThrow();
      assertEquals(prediction.getShape(), information.getShape());
      float[] expected = {0, 4, 0, 100};
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], information.toFloatArray()[i], 1e-4f * expected[i]);
      }
    }
  }

  @Test
  void noiseOfUnknownLevelTellsAsMuchAsTheTypicalOne() {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray prediction = scope.ones(new Shape(1, 3));
      float[] information =
          new MarginalGaussianLikelihood(0.5).information(prediction).orElseThrow().toFloatArray();
      assertEquals(4, information[1]);
      assertTrue(new CrossEntropyLikelihood(3).information(prediction).isEmpty());
    }
  }
}
