package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.ObservedLikelihood;
import io.github.posteriorj.likelihood.PixelwiseGaussianLikelihood;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.MaskedValues;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.linear.ArrayRealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples at a level against the closed form of a normal prior's posterior. */
class LevelSamplerTest {

  private static final int SIDE = 8;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final int SAMPLES = 600;
  private static final double NOISE = 0.2;
  private static final NormalPrior PRIOR = new NormalPrior(SIDE);
  private static final Case BLUR = Case.of("blur", new GaussianBlur(1), NOISE);

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
        BLUR,
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
        hidden(),
        masked(),
        Case.of("blur that does not tell it is linear", notSaidToBeLinear(), NOISE));
  }

  private static ForwardOperator notSaidToBeLinear() {
    GaussianBlur blur = new GaussianBlur(1);
    return new ForwardOperator() {
      @Override
      public NDArray apply(NDArray x) {
        return blur.apply(x);
      }

      @Override
      public Shape outputShape(Shape x) {
        return x;
      }
    };
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

  /** As the plugin sees a mask: the share that is seen counts twice in the coordinates. */
  private static Case masked() {
    PixelMask mask = PixelMask.random(SIDE, SIDE, 0.4, RandomStream.of(9, 0));
    Case plain = Case.of("mask, of which the hidden values are not observed", mask, NOISE);
    return new Case(
        plain.name(),
        mask,
        new ObservedLikelihood(plain.likelihood(), MaskedValues.observed(mask)),
        plain.variances());
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
    NormalPosterior exact = prior().given(one.operator(), IMAGE, measurement(one), one.variances());
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
    check(BLUR, LevelSettings.standard(SAMPLES, 9).withLevel(level).withSteps(100, 0.5));
  }

  @Test
  void theLevelThatIsChosenIsTwiceTheNoiseOfAPixelWithinBounds() {
    // The information is measured by 16 images of 64 pixels: four standard errors of its root.
    assertEquals(0.2, levelFor(0.1), 0.2 * 4 / Math.sqrt(2 * 16 * 64));
    assertEquals(0.3, levelFor(0.5), 1e-6);
    assertEquals(0.05, levelFor(0.001), 1e-6);
  }

  private static double levelFor(double noise) {
    Case denoising = Case.of("denoising", new Identity(), noise);
    return new LevelSampler(LevelSettings.standard(1, 1))
        .run(
            new LevelProblem(
                PRIOR, denoising.operator(), denoising.likelihood(), measurement(denoising), IMAGE),
            sample -> {},
            Progress.NONE)
        .level();
  }

  /** BAOAB has no bias where the potential is quadratic (Leimkuhler and Matthews 2013). */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1})
  void theStepDoesNotMatterWhereThePosteriorIsNormal(double stepSize) {
    int steps = (int) Math.ceil(50 / stepSize);
    check(BLUR, LevelSettings.standard(SAMPLES, 9).withSteps(steps, stepSize));
  }

  @Test
  void chainsThatBlowUpWalkAgainWithShorterSteps() {
    LevelSettings settings = LevelSettings.standard(SAMPLES, 10).withSteps(30, 4);
    check(BLUR, settings);
    assertTrue(report(settings).halved() > 0.9 * SAMPLES);
    assertEquals(0, report(settings.withSteps(30, 0.3)).halved());
  }

  /**
   * Where few pixels are seen each counts for many waves: steps are smaller, and starts, which have
   * farther to go, take twice the sweeps. A dead pixel changes nothing.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.5",
    "0.9995, 1, 0.5",
    "0.9, 2, 0.5",
    "0.7, 2, 0.5",
    "0.6, 2, 0.25",
    "0.1, 2, 0.25",
    "0.03, 2, 0.125"
  })
  void chainsWalkInSmallerStepsTheFewerPixelsAreSeen(double visible, int times, double stepSize) {
    int side = 32;
    PixelMask mask = PixelMask.random(side, side, visible, RandomStream.of(9, 1));
    LevelSettings settings = LevelSettings.standard(1, 19).withSteps(4, 0.5);
    int[] moves = {0};
    LevelReport report =
        new LevelSampler(settings)
            .run(
                new LevelProblem(
                    new NormalPrior(side),
                    mask,
                    new GaussianLikelihood(NOISE),
                    new float[side * side],
                    new Shape(1, side, side)),
                sample -> {},
                (stage, done, total) -> moves[0]++);
    int sweeps = times * settings.sweeps();
    int steps = (int) Math.round(4 * 0.5 / stepSize);
    assertEquals(stepSize, report.stepSize());
    assertEquals(sweeps - 1 + steps, moves[0]);
    assertEquals(settings.withSweeps(sweeps).withSteps(steps, stepSize).passes(), report.passes());
  }

  /** Beyond a camera's limits there is far to go, and all the more the fewer pixels are within. */
  @ParameterizedTest
  @CsvSource({"1, 2, 0.5", "8, 4, 0.25"})
  void aCameraThatSaturatesTakesMoreSweepsAndSteps(int every, int times, double stepSize) {
    ForwardOperator camera = Composition.of(new Affine(1, 0.1), new ClippedGain(2, -1, 1));
    float[] y = new float[SIDE * SIDE];
    for (int i = 0; i < y.length; i++) {
      y[i] = i % every == 0 ? 0.3f : -1 + 0.1f * (i % 3 - 1);
    }
    LevelSettings settings = LevelSettings.standard(1, 19).withSteps(4, 0.5);
    LevelProblem problem = new LevelProblem(PRIOR, camera, new GaussianLikelihood(NOISE), y, IMAGE);
    assertEquals(every, problem.visibility().unevenness(), 0.2);
    int[] moves = {0};
    LevelReport report =
        new LevelSampler(settings).run(problem, sample -> {}, (stage, done, total) -> moves[0]++);
    assertEquals(stepSize, report.stepSize());
    assertEquals(2 * settings.sweeps() - 1 + 4 * times, moves[0]);
    assertEquals(
        settings.withSweeps(2 * settings.sweeps()).withSteps(4 * times, stepSize).passes(),
        report.passes());
  }

  /** Of noise that goes with the light, a few dark pixels by chance tell no more than others. */
  @Test
  void shotNoiseDoesNotMakeAMeasurementUneven() {
    float[] counts = new float[SIDE * SIDE];
    Arrays.fill(counts, 20);
    counts[3] = 0;
    Likelihood shot = new PoissonGaussianLikelihood(1, 0, 0.1);
    assertEquals(
        1,
        new LevelProblem(PRIOR, new Identity(), shot, counts, IMAGE).visibility().unevenness(),
        1e-5);
  }

  /** Of many pixels, a fall is faster than rest by more than chance, with any step. */
  @Test
  void chainsThatStillFallHaveNotBlownUp() {
    int side = 128;
    float[] y = RandomStream.of(6, 1).gaussian(side * side);
    LevelReport report =
        new LevelSampler(new LevelSettings(2, 2, 0.3, 1, 3, 1, 0.3, 18))
            .run(
                new LevelProblem(
                    new NormalPrior(side),
                    new Identity(),
                    new GaussianLikelihood(NOISE),
                    y,
                    new Shape(1, side, side)),
                sample -> {},
                Progress.NONE);
    assertEquals(0, report.halved());
  }

  @Test
  void severalSamplesOfAChainHaveTheSameLaw() {
    LevelSettings settings =
        LevelSettings.standard(SAMPLES, 16).withSteps(100, 0.5).withChains(SAMPLES / 4, 40);
    check(BLUR, settings);
    double correlation = report(settings).correlation().orElseThrow();
    assertEquals(0, correlation, 0.1);
    // Chains that hardly move between samples say the same again.
    assertTrue(report(settings.withChains(SAMPLES / 4, 1)).correlation().orElseThrow() > 0.5);
  }

  @Test
  void splitGibbsAloneIsNotExact() {
    LevelSettings start = LevelSettings.standard(SAMPLES, 11).withSteps(0, 0.3);
    NormalPosterior exact =
        prior().given(BLUR.operator(), IMAGE, measurement(BLUR), BLUR.variances());
    assertTrue(exact.deviationOfCovariance(draws(BLUR, start), 0, 1) > STANDARD_ERRORS);
  }

  /** An image that is smaller than what the prior makes, with nothing measured around it. */
  @Test
  void aPartOfTheCanvasHasItsOwnLaw() {
    Shape part = new Shape(1, 5, 6);
    GaussianBlur blur = new GaussianBlur(1);
    float[] y = RandomStream.of(5, 1).gaussian((int) part.size());
    double[] variances = new double[y.length];
    Arrays.fill(variances, NOISE * NOISE);
    NormalPosterior exact = prior().cut(SIDE, part).given(blur, part, y, variances);
    List<float[]> draws = new ArrayList<>();
    new LevelSampler(LevelSettings.standard(SAMPLES, 12).withSteps(100, 0.5))
        .run(
            new LevelProblem(PRIOR, blur, new GaussianLikelihood(NOISE), y, part),
            sample -> draws.add(sample.image()),
            Progress.NONE);
    assertTrue(exact.deviationOfMean(draws) < STANDARD_ERRORS);
    assertTrue(exact.deviationOfCovariance(draws, 0, 1) < STANDARD_ERRORS);
  }

  @Test
  void aChainsSampleDependsOnTheSeedAndItsNumberAlone() {
    List<float[]> few = draws(BLUR, LevelSettings.standard(3, 13));
    List<float[]> many = draws(BLUR, LevelSettings.standard(20, 13));
    for (int chain = 0; chain < few.size(); chain++) {
      // Matrix products of another batch may be rounded otherwise.
      assertArrayEquals(few.get(chain), many.get(chain), 1e-4f);
    }
    assertArrayEquals(few.get(0), draws(BLUR, LevelSettings.standard(3, 13)).get(0));
  }

  @Test
  void aSampleTellsHowItFitsTheMeasurement() {
    new LevelSampler(LevelSettings.standard(5, 14))
        .run(
            new LevelProblem(PRIOR, BLUR.operator(), BLUR.likelihood(), measurement(BLUR), IMAGE),
            sample ->
                assertEquals(
                    misfit(sample.image()),
                    sample.negativeLogLikelihood(),
                    1e-3 * sample.negativeLogLikelihood()),
            Progress.NONE);
  }

  private static double misfit(float[] image) {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      float[] predicted =
          BLUR.operator()
              .apply(DeviceArrays.copyOf(scope, image, new Shape(1).addAll(IMAGE)))
              .toFloatArray();
      return predicted.length * BLUR.likelihood().misfit(predicted, measurement(BLUR)) / 2;
    }
  }

  @Test
  void walksAtRestLookAlikeInBothHalvesAndOthersDoNot() {
    LevelSettings settings = LevelSettings.standard(60, 15);
    WalkComparison atRest = report(settings.withSteps(100, 0.5)).comparison().orElseThrow();
    assertTrue(atRest.pValue() > 0.01, atRest.toString());
    WalkComparison onTheWay =
        report(settings.withSweeps(1).withSteps(6, 0.1)).comparison().orElseThrow();
    assertTrue(onTheWay.pValue() < 0.01, onTheWay.toString());
    assertTrue(report(LevelSettings.standard(4, 15)).comparison().isEmpty());
  }

  @Test
  void thereAreNoLevelsFromTheHighestOneOn() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> report(LevelSettings.standard(2, 1).withLevel(80)));
    assertTrue(error.getMessage().contains("below the prior's highest one, 80.0"));
  }

  private static LevelReport report(LevelSettings settings) {
    return new LevelSampler(settings)
        .run(
            new LevelProblem(PRIOR, BLUR.operator(), BLUR.likelihood(), measurement(BLUR), IMAGE),
            sample -> {},
            Progress.NONE);
  }
}
