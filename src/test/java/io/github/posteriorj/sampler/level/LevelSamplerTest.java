package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.ObservedLikelihood;
import io.github.posteriorj.likelihood.PixelwiseGaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.linear.ArrayRealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples at a level against the closed form of a normal prior's posterior. */
class LevelSamplerTest {

  private static final int SIDE = 8;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final int SAMPLES = 600;
  private static final double NOISE = 0.2;
  private static final NormalPrior PRIOR = new NormalPrior(SIDE);

  /**
   * Of 64 means, or 128 covariances, chance takes one beyond four standard errors once in 100
   * times; the seeds are fixed.
   */
  private static final double STANDARD_ERRORS = 4;

  /** An instrument, and its noise's variance at each value. */
  record Case(String name, ForwardOperator operator, Likelihood likelihood, double[] variances) {

    static Case of(String name, ForwardOperator operator, double noise) {
      double[] variances = new double[(int) operator.outputShape(IMAGE).size()];
      Arrays.fill(variances, noise * noise);
      return new Case(name, operator, new GaussianLikelihood(noise), variances);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> instruments() {
    ForwardOperator scale = new Affine(200, 300);
    float[] kernel = {0, 1, 2, 0, 3, 1, 0, 0, 1};
    return Stream.of(
        Case.of("blur", new GaussianBlur(1), NOISE),
        Case.of("blur of intensities", Composition.of(scale, new GaussianBlur(1)), 200 * NOISE),
        Case.of(
            "uneven convolution",
            new MirroredConvolution(PointSpreadFunction.of(kernel, 3, 3)),
            NOISE),
        Case.of("mask", PixelMask.random(SIDE, SIDE, 0.4, RandomStream.of(9, 0)), NOISE),
        Case.of("pooling", new AveragePooling(2), NOISE),
        Case.of("denoising", new Identity(), NOISE),
        Case.of(
            "blurred pooling",
            Composition.of(scale, new GaussianBlur(0.7), new AveragePooling(2)),
            200 * NOISE),
        uneven(),
        hidden());
  }

  private static Case uneven() {
    float[] levels = new float[SIDE * SIDE];
    double[] variances = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = 0.1f + 0.3f * (i % SIDE) / SIDE;
      variances[i] = levels[i] * levels[i];
    }
    return new Case(
        "noise of each pixel",
        new GaussianBlur(1),
        new PixelwiseGaussianLikelihood(levels),
        variances);
  }

  /** What is not observed is as good as measured with endless noise. */
  private static Case hidden() {
    boolean[] observed = new boolean[SIDE * SIDE];
    double[] variances = new double[observed.length];
    for (int i = 0; i < observed.length; i++) {
      observed[i] = i % 5 != 2;
      variances[i] = observed[i] ? NOISE * NOISE : 1e9;
    }
    return new Case(
        "hidden pixels",
        new GaussianBlur(1),
        new ObservedLikelihood(new GaussianLikelihood(NOISE), observed),
        variances);
  }

  private static float[] measurement(ForwardOperator operator, double gain, double offset) {
    float[] y = RandomStream.of(5, 0).gaussian((int) operator.outputShape(IMAGE).size());
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (gain * 0.5 * y[i] + offset);
    }
    return y;
  }

  private static float[] measurement(Case one) {
    boolean intensities = one.operator().toString().startsWith("Gain");
    return measurement(one.operator(), intensities ? 200 : 1, intensities ? 300 : 0);
  }

  private static NormalPosterior prior() {
    double[] mean = new double[SIDE * SIDE];
    Arrays.fill(mean, NormalPrior.MEAN);
    return new NormalPosterior(new ArrayRealVector(mean), PRIOR.covariance());
  }

  private static List<float[]> draws(Case one, LevelSettings settings) {
    List<float[]> draws = new ArrayList<>();
    new LevelSampler(settings)
        .run(
            new LevelProblem(PRIOR, one.operator(), one.likelihood(), measurement(one), IMAGE),
            sample -> draws.add(sample.image()),
            Progress.NONE);
    return draws;
  }

  private static void check(Case one, LevelSettings settings) {
    NormalPosterior exact =
        prior().given(one.operator(), IMAGE, measurement(one), one.variances());
    List<float[]> draws = draws(one, settings);
    double ofMean = exact.deviationOfMean(draws);
    double ofCovariance = exact.deviationOfCovariance(draws, 0, 1);
    assertTrue(ofMean < STANDARD_ERRORS, "mean: " + ofMean + " standard errors");
    assertTrue(ofCovariance < STANDARD_ERRORS, "covariance: " + ofCovariance + " standard errors");
  }

  @ParameterizedTest
  @MethodSource("instruments")
  void samplesHaveTheClosedFormMeanAndCovariance(Case one) {
    check(one, LevelSettings.standard(SAMPLES, 7).withSteps(100, 0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 4})
  void theLevelDoesNotMatter(double level) {
    Case blur = Case.of("blur", new GaussianBlur(1), NOISE);
    check(blur, LevelSettings.standard(SAMPLES, 8).withLevel(level).withSteps(100, 0.5));
  }

  /** BAOAB has no bias where the potential is quadratic (Leimkuhler and Matthews 2013). */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 1.5})
  void theStepDoesNotMatterWhereThePosteriorIsNormal(double stepSize) {
    Case blur = Case.of("blur", new GaussianBlur(1), NOISE);
    int steps = (int) Math.ceil(50 / stepSize);
    check(blur, LevelSettings.standard(SAMPLES, 9).withSteps(steps, stepSize));
  }
}
