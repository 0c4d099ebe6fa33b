package io.github.posteriorj.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every likelihood keeps, whatever the noise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LikelihoodContract {

  private static final int DRAWS = 20_000;

  /** Length of a difference: short against the curvature, long against float32. */
  private static final float STEP = 0.01f;

  /**
   * Standard errors that a Monte-Carlo mean may be off: one in two million, and some hundred means.
   */
  private static final double STANDARD_ERRORS = 5;

  /** The likelihoods to test, one or more of each class. */
  abstract List<Case> likelihoods();

  /** Draws a measurement of a prediction. */
  interface Simulation {
    float[] draw(float[] prediction, RandomStream random);
  }

  /**
   * A likelihood and what is known of it.
   *
   * @param shape of a prediction, without the batch
   * @param prediction a prediction
   * @param y a measurement of it
   * @param formula the negative log-likelihood in double precision, up to a constant
   * @param noise draws from p(y given prediction), or null where the likelihood has no noise
   * @param expectation the mean of those draws
   * @param variance their variance
   */
  record Case(
      Likelihood likelihood,
      Shape shape,
      float[] prediction,
      float[] y,
      BiFunction<float[], float[], Double> formula,
      Simulation noise,
      float[] expectation,
      float[] variance) {

    int size() {
      return prediction.length;
    }

    /** A prediction besides the true one, by up to half a unit. */
    float[] besides(int stream) {
      float[] moved = prediction.clone();
      float[] random = RandomStream.of(71, stream).gaussian(moved.length);
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) (0.5 * Math.sin(random[i]));
      }
      return moved;
    }

    @Override
    public String toString() {
      return likelihood.toString();
    }
  }

  Stream<Case> cases() {
    return likelihoods().stream();
  }

  Stream<Case> noisyCases() {
    return cases().filter(one -> one.noise() != null);
  }

  Stream<Case> simulatedCases() {
    return cases().filter(one -> one.likelihood() instanceof NoiseLikelihood);
  }

  private static NDArray batch(NDManager scope, Case one, float[]... rows) {
    float[] all = new float[rows.length * one.size()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * one.size(), one.size());
    }
    return DeviceArrays.copyOf(scope, all, new Shape(rows.length).addAll(one.shape()));
  }

  private static float[] values(Case one, float[][] predictions, float[][] measurements) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray prediction = batch(scope, one, predictions);
      NDArray value = one.likelihood().negativeLog(prediction, batch(scope, one, measurements));
      assertEquals(new Shape(predictions.length), value.getShape());
      assertSame(scope, value.getManager());
      return value.toFloatArray();
    }
  }

  private static float[] gradients(Case one, float[][] predictions, float[][] measurements) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray y = batch(scope, one, measurements);
      return Differentiation.valueAndGradient(
              x -> one.likelihood().negativeLog(x, y), batch(scope, one, predictions))
          .gradient()
          .toFloatArray();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theValueIsTheFormulaUpToAConstant(Case one) {
    float[][] predictions = {one.prediction(), one.besides(1), one.besides(2)};
    float[] found = values(one, predictions, new float[][] {one.y()});
    double largest = 0;
    for (float[] prediction : predictions) {
      largest = Math.max(largest, Math.abs(one.formula().apply(prediction, one.y())));
    }
    for (int row = 1; row < predictions.length; row++) {
      double expected =
          one.formula().apply(predictions[row], one.y())
              - one.formula().apply(predictions[0], one.y());
      // Float32 of the terms of a sum.
      assertEquals(expected, found[row] - found[0], 1e-5 * (largest + Math.abs(found[0])));
      assertTrue(Math.abs(expected) > 1e-3, "the predictions do not differ");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientAgreesWithCentralDifferencesOfTheFormula(Case one) {
    float[] prediction = one.besides(3);
    float[] gradient = gradients(one, new float[][] {prediction}, new float[][] {one.y()});
    double norm = Math.sqrt(squares(gradient));
    for (int i = 0; i < gradient.length; i++) {
      float[] ahead = prediction.clone();
      float[] behind = prediction.clone();
      ahead[i] += STEP;
      behind[i] -= STEP;
      double slope =
          (one.formula().apply(ahead, one.y()) - one.formula().apply(behind, one.y()))
              / ((double) ahead[i] - behind[i]);
      // The step's own curvature, and float32.
      assertEquals(slope, gradient[i], 1e-3 * norm);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBatchGivesWhatItsRowsGiveOneByOne(Case one) {
    float[][] predictions = {one.prediction(), one.besides(4), one.besides(5)};
    float[][] measurements = {one.y(), one.y().clone(), one.y().clone()};
    float[] together = values(one, predictions, measurements);
    float[] gradients = gradients(one, predictions, measurements);
    assertArrayEquals(together, values(one, predictions, new float[][] {one.y()}));
    for (int row = 0; row < 3; row++) {
      float[][] alone = {predictions[row]};
      float expected = values(one, alone, new float[][] {one.y()})[0];
      assertEquals(expected, together[row], 1e-5f * Math.abs(expected));
      float[] gradient = gradients(one, alone, new float[][] {one.y()});
      float[] found = Arrays.copyOfRange(gradients, row * one.size(), (row + 1) * one.size());
      float norm = (float) Math.sqrt(squares(gradient));
      assertArrayEquals(gradient, found, 1e-5f * norm);
    }
  }

  @ParameterizedTest
  @MethodSource("simulatedCases")
  void simulatedMeasurementsHaveTheMomentsOfTheNoise(Case one) {
    NoiseLikelihood likelihood = (NoiseLikelihood) one.likelihood();
    OnlineMoments moments = new OnlineMoments(one.size());
    OnlineMoments squares = new OnlineMoments(one.size());
    for (int draw = 0; draw < DRAWS; draw++) {
      float[] y = likelihood.simulate(one.prediction(), RandomStream.of(81, draw));
      likelihood.check(y);
      moments.add(y);
      squares.add(squaredDifferences(y, one.expectation()));
    }
    assertWithinErrors(one.expectation(), moments);
    assertWithinErrors(one.variance(), squares);
  }

  @ParameterizedTest
  @MethodSource("simulatedCases")
  void oneSeedGivesTheSameMeasurementAndLeavesThePredictionAlone(Case one) {
    NoiseLikelihood likelihood = (NoiseLikelihood) one.likelihood();
    float[] prediction = one.prediction().clone();
    float[] first = likelihood.simulate(prediction, RandomStream.of(82, 0));
    assertArrayEquals(first, likelihood.simulate(prediction, RandomStream.of(82, 0)));
    assertFalse(Arrays.equals(first, likelihood.simulate(prediction, RandomStream.of(82, 1))));
    assertArrayEquals(one.prediction(), prediction);
  }

  @ParameterizedTest
  @MethodSource("noisyCases")
  void theScoreAtTheTruePredictionHasMeanZero(Case one) {
    float[][] measurements = new float[DRAWS][];
    float[][] predictions = new float[DRAWS][];
    for (int draw = 0; draw < DRAWS; draw++) {
      measurements[draw] = one.noise().draw(one.prediction(), RandomStream.of(83, draw));
      predictions[draw] = one.prediction();
    }
    float[] scores = gradients(one, predictions, measurements);
    OnlineMoments moments = new OnlineMoments(one.size());
    for (int draw = 0; draw < DRAWS; draw++) {
      moments.add(Arrays.copyOfRange(scores, draw * one.size(), (draw + 1) * one.size()));
    }
    assertWithinErrors(new float[one.size()], moments);
  }

  @ParameterizedTest
  @MethodSource("noisyCases")
  void theMisfitOfTheTruePredictionIsOneOnAverage(Case one) {
    OnlineMoments misfits = new OnlineMoments(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      float[] y = one.noise().draw(one.prediction(), RandomStream.of(84, draw));
      misfits.add(new float[] {(float) one.likelihood().misfit(one.prediction(), y)});
    }
    assertWithinErrors(new float[] {1}, misfits);
    assertFalse(one.likelihood().misfitFormula().isBlank());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPerturbedMeasurementIsOneOnAverageAndTheGivenOneIsLeftAlone(Case one) {
    float[] given = one.y().clone();
    OnlineMoments moments = new OnlineMoments(one.size());
    for (int draw = 0; draw < DRAWS; draw++) {
      moments.add(one.likelihood().perturb(given, RandomStream.of(85, draw)));
    }
    assertArrayEquals(one.y(), given);
    float[] mean = one.y().clone();
    if (one.likelihood() instanceof DirectionLikelihood direction) {
      // Of a direction, only the direction is kept.
      for (int i = 0; i < mean.length; i++) {
        mean[i] *= (float) (direction.meanCosine(mean.length) / Math.sqrt(squares(one.y())));
      }
    }
    assertWithinErrors(mean, moments);
  }

  private static void assertWithinErrors(float[] expected, OnlineMoments moments) {
    float[] mean = moments.mean();
    float[] variance = moments.variance();
    for (int i = 0; i < expected.length; i++) {
      double error = STANDARD_ERRORS * Math.sqrt(variance[i] / DRAWS);
      // Rounding of float32 where nothing varies.
      assertEquals(expected[i], mean[i], error + 1e-5 * Math.abs(expected[i]));
    }
  }

  private static float[] squaredDifferences(float[] a, float[] b) {
    float[] squares = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      squares[i] = (a[i] - b[i]) * (a[i] - b[i]);
    }
    return squares;
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
