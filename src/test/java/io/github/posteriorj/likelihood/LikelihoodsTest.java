package io.github.posteriorj.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.MainClasses;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All likelihoods under their contract. */
class LikelihoodsTest extends LikelihoodContract {

  private static final Shape IMAGE = new Shape(1, 3, 4);

  /** Intensities of a camera with an offset of 100, from hardly any light to some dozen photons. */
  private static final float[] INTENSITIES = {
    101, 102, 104, 107, 110, 115, 120, 130, 140, 160, 180, 200
  };

  private static final float[] SIGMAS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  private static float[] map(float[] values, DoubleUnaryOperator function) {
    float[] mapped = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      mapped[i] = (float) function.applyAsDouble(values[i]);
    }
    return mapped;
  }

  private static float[] rounded(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double squares(float[] a, float[] b, float[] sigma) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(((double) a[i] - b[i]) / sigma[i], 2);
    }
    return sum;
  }

  private static float[] constant(double value) {
    float[] values = new float[INTENSITIES.length];
    Arrays.fill(values, (float) value);
    return values;
  }

  private static Case noise(
      NoiseLikelihood likelihood,
      float[] y,
      BiFunction<float[], float[], Double> formula,
      float[] variance) {
    return new Case(
        likelihood, IMAGE, INTENSITIES, y, formula, likelihood::simulate, INTENSITIES, variance);
  }

  private static Case gaussian() {
    float[] sigma = constant(6);
    return noise(
        new GaussianLikelihood(6),
        map(INTENSITIES, x -> x + 5 * Math.sin(x)),
        (x, y) -> squares(x, y, sigma) / 2,
        constant(36));
  }

  private static Case pixelwise() {
    return noise(
        new PixelwiseGaussianLikelihood(SIGMAS),
        map(INTENSITIES, x -> x + 5 * Math.sin(x)),
        (x, y) -> squares(x, y, SIGMAS) / 2,
        map(SIGMAS, sigma -> sigma * sigma));
  }

  private static Case camera(double gain, double sigma) {
    double shift = sigma * sigma / (gain * gain);
    return noise(
        new PoissonGaussianLikelihood(gain, 100, sigma),
        // Whole photons; one pixel is darker than no light where read noise allows that.
        map(
            INTENSITIES,
            x -> 100 + gain * (x < 102 && sigma > 0 ? -2 : Math.rint((x - 98) / gain))),
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            double rate = (x[i] - 100) / gain + shift;
            double counts = (y[i] - 100) / gain + shift;
            sum += rate - counts * Math.log(rate);
          }
          return sum;
        },
        map(INTENSITIES, x -> gain * (x - 100) + sigma * sigma));
  }

  private static Case marginal() {
    float[] one = constant(1);
    return new Case(
        new MarginalGaussianLikelihood(6),
        IMAGE,
        INTENSITIES,
        map(INTENSITIES, x -> x + 5 * Math.sin(x)),
        (x, y) -> INTENSITIES.length / 2.0 * Math.log(squares(x, y, one)),
        new GaussianLikelihood(6)::simulate,
        INTENSITIES,
        constant(36));
  }

  private static Case observed() {
    float[] sigma = constant(6);
    boolean[] mask = new boolean[INTENSITIES.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 3 != 1;
      sigma[i] = mask[i] ? sigma[i] : Float.POSITIVE_INFINITY;
    }
    return new Case(
        new ObservedLikelihood(new GaussianLikelihood(6), mask),
        IMAGE,
        INTENSITIES,
        map(INTENSITIES, x -> x + 5 * Math.sin(x)),
        (x, y) -> squares(x, y, sigma) / 2,
        new GaussianLikelihood(6)::simulate,
        INTENSITIES,
        constant(36));
  }

  /** Three classes at two by two positions. */
  private static Case labels() {
    float[] logits = {0.5f, -1, 2, 0, 0, 0.3f, -1, 0.1f, 1, -0.5f, 0.2f, -0.2f};
    CrossEntropyLikelihood likelihood = new CrossEntropyLikelihood(3);
    float[] probability = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probability[i] = (float) (Math.exp(logits[i]) / partition(logits, i % 4));
    }
    return new Case(
        likelihood,
        new Shape(3, 2, 2),
        logits,
        likelihood.oneHot(new float[] {2, 0, 1, 1}),
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            sum -= y[i] * (x[i] - Math.log(partition(x, i % 4)));
          }
          return sum;
        },
        likelihood::simulate,
        probability,
        map(probability, p -> p * (1 - p)));
  }

  private static double partition(float[] logits, int position) {
    return IntStream.range(0, 3).mapToDouble(c -> Math.exp(logits[4 * c + position])).sum();
  }

  private static Case direction() {
    double concentration = 5;
    float[] x = {3, 0, -4}; // of length 5
    float[] y = {0.6f, 0.3f, -0.7f};
    DirectionLikelihood likelihood = new DirectionLikelihood(concentration);
    // On the sphere in three dimensions the mean cosine is Langevin's function.
    double mean = 1 / Math.tanh(concentration) - 1 / concentration;
    double along = 1 - 2 * mean / concentration - mean * mean;
    double across = mean / concentration;
    return new Case(
        likelihood,
        new Shape(3),
        x,
        y,
        (a, b) -> {
          double product = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
          double lengths =
              Math.sqrt(squares(a, new float[3], SIGMA_ONE) * squares(b, new float[3], SIGMA_ONE));
          return concentration * (1 - product / lengths);
        },
        likelihood::simulate,
        rounded(0.6 * mean, 0, -0.8 * mean),
        rounded(0.36 * along + 0.64 * across, across, 0.64 * along + 0.36 * across));
  }

  private static final float[] SIGMA_ONE = {1, 1, 1};

  private static Case energy() {
    float[] x = {2, -1, 0.5f};
    return new Case(
        new EnergyLikelihood(3),
        new Shape(3),
        x,
        new float[3],
        (a, b) -> 3.0 * (a[0] + a[1] + a[2]),
        null,
        null,
        null);
  }

  @Override
  List<Case> likelihoods() {
    return List.of(
        // A new likelihood adds its line here.
        gaussian(),
        pixelwise(),
        camera(1, 0),
        camera(2.5, 0),
        camera(1, 1.5),
        camera(2.5, 5),
        marginal(),
        observed(),
        labels(),
        direction(),
        energy());
  }

  @Test
  void noLikelihoodIsForgotten() {
    Set<String> tested =
        likelihoods().stream()
            .map(one -> one.likelihood().getClass().getName())
            .collect(Collectors.toSet());
    assertEquals(MainClasses.concreteNames(Likelihood.class), tested);
  }
}
