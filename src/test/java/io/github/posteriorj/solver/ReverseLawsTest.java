package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.ReverseProcess;
import io.github.posteriorj.sampler.diffusion.ReverseStep;
import io.github.posteriorj.sampler.level.LevelProblem;
import io.github.posteriorj.sampler.level.NormalPosterior;
import io.github.posteriorj.sampler.level.NormalPrior;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What methods make of a normal prior and a linear operator, against closed forms: the law of their
 * samples where their steps are affine, a single step where they are not.
 */
class ReverseLawsTest {

  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final Shape IMAGE = new Shape(1, SIDE, SIDE);
  private static final NormalPrior PRIOR = new NormalPrior(SIDE);
  private static final double NOISE = 0.2;
  private static final long SEED = 4;
  private static final int SAMPLES = 600;

  /**
   * Of 64 means, or 128 covariances, chance takes one beyond four standard errors once in 100
   * times; the seeds are fixed.
   */
  private static final double STANDARD_ERRORS = 4;

  /** An affine map of images, M x + c. */
  private record Affinity(RealMatrix matrix, RealVector offset) {

    static Affinity of(UnaryOperator<NDArray> map) {
      try (NDManager scope = ComputeDevice.CPU.newScope()) {
        float[] units = new float[(PIXELS + 1) * PIXELS];
        for (int i = 0; i < PIXELS; i++) {
          units[i * PIXELS + i] = 1;
        }
        float[] all =
            map.apply(scope.create(units, new Shape(PIXELS + 1).addAll(IMAGE))).toFloatArray();
        int values = all.length / (PIXELS + 1);
        RealVector offset = vector(all, PIXELS * values, values);
        RealMatrix matrix = new Array2DRowRealMatrix(values, PIXELS);
        for (int i = 0; i < PIXELS; i++) {
          matrix.setColumnVector(i, vector(all, i * values, values).subtract(offset));
        }
        return new Affinity(matrix, offset);
      }
    }

    private static RealVector vector(float[] all, int from, int length) {
      return vectorOf(Arrays.copyOfRange(all, from, from + length));
    }

    RealVector apply(RealVector x) {
      return matrix.operate(x).add(offset);
    }
  }

  private static RealVector vectorOf(float[] values) {
    return new ArrayRealVector(
        IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
  }

  private static Affinity mean(double level) {
    return Affinity.of(x -> PRIOR.mean(x, level));
  }

  private static Affinity clean(double level) {
    return Affinity.of(x -> PRIOR.clean(x, level));
  }

  private static RealMatrix identity() {
    return MatrixUtils.createRealIdentityMatrix(PIXELS);
  }

  private static float[] measurement(ForwardOperator operator) {
    float[] y = RandomStream.of(5, 0).gaussian((int) operator.outputShape(IMAGE).size());
    for (int i = 0; i < y.length; i++) {
      y[i] *= 0.5f;
    }
    return y;
  }

  private static List<float[]> draws(ReverseStep step, ForwardOperator operator, int samples) {
    List<float[]> draws = new ArrayList<>();
    LevelProblem problem =
        new LevelProblem(
            PRIOR, operator, new GaussianLikelihood(NOISE), measurement(operator), IMAGE);
    new ReverseProcess(step, samples, SEED)
        .run(problem, sample -> draws.add(sample.image()), Progress.NONE);
    return draws;
  }

  /** One step of an affine method: x_(t') = M x_t + c + fresh noise. */
  private record AffineStep(RealMatrix matrix, RealVector offset, double fresh) {}

  /** A method, an operator, and the step from one level to the next. */
  private record Case(String name, ReverseStep step, LinearOperator operator, Rule rule) {

    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Rule {
    AffineStep of(Affinity operator, RealVector y, double level, double next);
  }

  /** Along the line to a clean image M x + c, with fresh noise. */
  private static AffineStep towards(
      RealMatrix clean, RealVector offset, double level, double next, double stochasticity) {
    double up = stochasticity * next * Math.sqrt(1 - next * next / (level * level));
    double kept = Math.sqrt(next * next - up * up) / level;
    return new AffineStep(
        clean.scalarMultiply(1 - kept).add(identity().scalarMultiply(kept)),
        offset.mapMultiply(1 - kept),
        up);
  }

  private static AffineStep renoised(RealMatrix matrix, RealVector offset, double next) {
    double least = PRIOR.level(1);
    return new AffineStep(matrix, offset, Math.sqrt(Math.max(0, next * next - least * least)));
  }

  /** x0 - zeta A^T (A x0 - y) / |A|^2, with |A| = 1 / factor. */
  private static Rule manifoldPreserving(double zeta, double stochasticity, double factor) {
    return (operator, y, level, next) -> {
      Affinity mean = mean(level);
      RealMatrix pull = operator.matrix().transpose().scalarMultiply(zeta * factor * factor);
      RealMatrix moved = identity().subtract(pull.multiply(operator.matrix()));
      return towards(
          moved.multiply(mean.matrix()),
          moved.operate(mean.offset()).add(pull.operate(y)),
          level,
          next,
          stochasticity);
    };
  }

  /** (A^T A / s^2 + 1 / rho^2)^-1 (A^T y / s^2 + f(x) / rho^2). */
  private static Rule latino(double strength) {
    return (operator, y, level, next) -> {
      Affinity clean = clean(level);
      double precision = (1 + level * level) / (strength * level * level);
      RealMatrix back = operator.matrix().transpose().scalarMultiply(1 / (NOISE * NOISE));
      RealMatrix inverse =
          MatrixUtils.inverse(
              back.multiply(operator.matrix()).add(identity().scalarMultiply(precision)));
      return renoised(
          inverse.multiply(clean.matrix()).scalarMultiply(precision),
          inverse.operate(back.operate(y).add(clean.offset().mapMultiply(precision))),
          next);
    };
  }

  /** f(x) + A^+ (y - A f(x)), where A^+ = factor^2 A^T. */
  private static Rule editing(double factor) {
    return (operator, y, level, next) -> {
      Affinity clean = clean(level);
      RealMatrix inverse = operator.matrix().transpose().scalarMultiply(factor * factor);
      RealMatrix rest = identity().subtract(inverse.multiply(operator.matrix()));
      return renoised(
          rest.multiply(clean.matrix()),
          rest.operate(clean.offset()).add(inverse.operate(y)),
          next);
    };
  }

  static Stream<Case> affineMethods() {
    LinearOperator blur = new GaussianBlur(1);
    LinearOperator pooling = new AveragePooling(2);
    LinearOperator mask = PixelMask.random(SIDE, SIDE, 0.4, RandomStream.of(9, 0));
    return Stream.of(
        new Case(
            "MPGD, blur",
            new ManifoldPreservingGuidance(30, 0.4, 0, CleanImages.DENOISER),
            blur,
            manifoldPreserving(0.4, 0, 1)),
        new Case(
            "MPGD, pooling, half ancestral",
            new ManifoldPreservingGuidance(20, 0.3, 0.5, CleanImages.DENOISER),
            pooling,
            manifoldPreserving(0.3, 0.5, 2)),
        new Case("LATINO, blur", new Latino(8, 0.1), blur, latino(0.1)),
        new Case("LATINO, mask", new Latino(8, 0.5), mask, latino(0.5)),
        new Case("CMEdit, pooling", new ConsistencyEditing(10), pooling, editing(2)),
        new Case(
            "no guidance, ancestral",
            new DiffusionPosteriorSampling(20, 0, 1, CleanImages.DENOISER),
            blur,
            manifoldPreserving(0, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("affineMethods")
  void samplesHaveTheLawThatTheStepsGive(Case one) {
    Affinity operator = Affinity.of(one.operator()::apply);
    RealVector y = vectorOf(measurement(one.operator()));
    double first = PRIOR.level(0);
    RealVector mean = new ArrayRealVector(PIXELS);
    RealMatrix covariance = identity().scalarMultiply(first * first);
    int levels = one.step().noiseLevels();
    for (int i = 0; i < levels; i++) {
      double next = i == levels - 1 ? 0 : PRIOR.level(one.step().share(i + 1));
      AffineStep step = one.rule().of(operator, y, PRIOR.level(one.step().share(i)), next);
      mean = step.matrix().operate(mean).add(step.offset());
      covariance =
          step.matrix()
              .multiply(covariance)
              .multiply(step.matrix().transpose())
              .add(identity().scalarMultiply(step.fresh() * step.fresh()));
    }
    NormalPosterior law = new NormalPosterior(mean, covariance);
    List<float[]> draws = draws(one.step(), one.operator(), SAMPLES);
    double ofMean = law.deviationOfMean(draws);
    double ofCovariance = law.deviationOfCovariance(draws, 0, 1);
    assertTrue(ofMean < STANDARD_ERRORS, "mean: " + ofMean + " standard errors");
    assertTrue(ofCovariance < STANDARD_ERRORS, "covariance: " + ofCovariance + " standard errors");
  }

  @Test
  void whatIsSeenIsReplacedByTheMeasurement() {
    PixelMask mask = PixelMask.random(SIDE, SIDE, 0.4, RandomStream.of(9, 0));
    Affinity seen = Affinity.of(mask::apply);
    RealVector y = seen.apply(vectorOf(measurement(mask)));
    List<float[]> draws = draws(new ConsistencyEditing(10), mask, 2);
    draws.forEach(draw -> assertClose(y, seen.apply(vectorOf(draw))));
    assertTrue(vectorOf(draws.get(0)).subtract(vectorOf(draws.get(1))).getLInfNorm() > 0.1);
  }

  /** z of a sample, and the white noise that is drawn after it. */
  private static RealVector[] noise(int sample, int images) {
    RandomStream random = RandomStream.of(SEED, sample);
    return IntStream.range(0, images)
        .mapToObj(i -> vectorOf(random.gaussian(PIXELS)))
        .toArray(RealVector[]::new);
  }

  /** sqrt(d) |A x - y| of images and its gradient by them; |A| = 1. */
  private static RealVector gradientOfNorm(Affinity operator, RealVector x, RealVector y) {
    RealVector residual = operator.apply(x).subtract(y);
    return operator
        .matrix()
        .transpose()
        .operate(residual)
        .mapMultiply(Math.sqrt(y.getDimension()) / residual.getNorm());
  }

  private static void assertClose(RealVector expected, float[] image) {
    assertClose(expected, vectorOf(image));
  }

  private static void assertClose(RealVector expected, RealVector found) {
    double off = found.subtract(expected).getLInfNorm();
    assertTrue(off < 2e-4 * (1 + expected.getLInfNorm()), () -> "off by " + off); // float32
  }

  private static final GaussianBlur BLUR = new GaussianBlur(1);
  private static final Affinity BLURRED = Affinity.of(BLUR::apply);
  private static final RealVector Y = vectorOf(measurement(BLUR));
  private static final double ZETA = 3;

  /** D(x) - zeta t J^T grad, where J is that of the clean images that are compared. */
  private static RealVector guided(RealVector x, double level, Affinity compared, RealVector g) {
    return mean(level)
        .apply(x)
        .subtract(compared.matrix().transpose().operate(g).mapMultiply(ZETA * level));
  }

  private static RealVector guidedByMean(RealVector x, double level) {
    Affinity mean = mean(level);
    return guided(x, level, mean, gradientOfNorm(BLURRED, mean.apply(x), Y));
  }

  @Test
  void aStepOfDpsGoesDownTheGradientOfTheNorm() {
    double level = PRIOR.level(0);
    List<float[]> draws =
        draws(new DiffusionPosteriorSampling(1, ZETA, 1, CleanImages.DENOISER), BLUR, 2);
    for (int sample = 0; sample < draws.size(); sample++) {
      RealVector x = noise(sample, 1)[0].mapMultiply(level);
      assertClose(guidedByMean(x, level), draws.get(sample));
    }
  }

  @Test
  void withTheConsistencyModelTheStepIsItsOwn() {
    double level = PRIOR.level(0);
    float[] draw =
        draws(new DiffusionPosteriorSampling(1, ZETA, 1, CleanImages.CONSISTENCY_MODEL), BLUR, 1)
            .get(0);
    Affinity clean = clean(level);
    RealVector x = noise(0, 1)[0].mapMultiply(level);
    RealVector g = gradientOfNorm(BLURRED, clean.apply(x), Y);
    assertClose(
        clean.apply(x).subtract(clean.matrix().transpose().operate(g).mapMultiply(ZETA * level)),
        draw);
  }

  @Test
  void guidanceThroughTheConsistencyModelMovesTheDenoisersStep() {
    double level = PRIOR.level(0);
    float[] draw = draws(new ConsistencyGuidedDiffusion(1, ZETA, 1, 0.2), BLUR, 1).get(0);
    Affinity clean = clean(level);
    RealVector[] drawn = noise(0, 2);
    RealVector x = drawn[0].mapMultiply(level);
    RealVector compared = clean.apply(x).add(drawn[1].mapMultiply(0.2));
    assertClose(guided(x, level, clean, gradientOfNorm(BLURRED, compared, Y)), draw);
  }

  @Test
  void copiesCountByTheirDistance() {
    double level = PRIOR.level(0);
    float[] draw =
        draws(new LossGuidedDiffusion(1, ZETA, 1, CleanImages.DENOISER, 3, 0.02), BLUR, 1).get(0);
    Affinity mean = mean(level);
    RealVector[] drawn = noise(0, 4);
    RealVector x = drawn[0].mapMultiply(level);
    RealVector sum = new ArrayRealVector(PIXELS);
    double weights = 0;
    double least = Double.POSITIVE_INFINITY;
    List<RealVector> copies = new ArrayList<>();
    for (int copy = 1; copy <= 3; copy++) {
      RealVector compared = mean.apply(x).add(drawn[copy].mapMultiply(0.02));
      copies.add(compared);
      least = Math.min(least, norm(compared));
    }
    for (RealVector copy : copies) {
      double weight = Math.exp(least - norm(copy));
      sum = sum.add(gradientOfNorm(BLURRED, copy, Y).mapMultiply(weight));
      weights += weight;
    }
    assertClose(guided(x, level, mean, sum.mapDivide(weights)), draw);
  }

  private static double norm(RealVector x) {
    return Math.sqrt(PIXELS) * BLURRED.apply(x).subtract(Y).getNorm();
  }

  @Test
  void timeTravelMakesAStepAgain() {
    double level = PRIOR.level(0);
    FreeDom once = new FreeDom(1, ZETA, 1, CleanImages.DENOISER, 2, 0.5, 1);
    FreeDom twice = new FreeDom(1, ZETA, 1, CleanImages.DENOISER, 2, 0, 1);
    RealVector[] drawn = noise(0, 2);
    RealVector reached = guidedByMean(drawn[0].mapMultiply(level), level);
    assertClose(reached, draws(once, BLUR, 1).get(0));
    RealVector returned = reached.add(drawn[1].mapMultiply(level));
    assertClose(guidedByMean(returned, level), draws(twice, BLUR, 1).get(0));
    assertEquals(1, once.gradients());
    assertEquals(2, twice.gradients());
    assertEquals(
        100 + 41, new FreeDom(100, ZETA, 1, CleanImages.DENOISER, 2, 0.3, 0.7).gradients());
  }

  /**
   * Most of the prior's images are clipped, where the operator itself has no gradient, and none of
   * the measurement.
   */
  @Test
  void whatIsPredictedToBeSaturatedIsLedToo() {
    ClippedGain clip = new ClippedGain(20, -1, 1);
    for (ReverseStep step :
        List.of(
            new ManifoldPreservingGuidance(30, 0.5, 1, CleanImages.DENOISER),
            new DiffusionPosteriorSampling(30, 0.5, 1, CleanImages.DENOISER))) {
      float[] y = measurement(clip);
      float[] image = draws(step, clip, 1).get(0);
      for (int i = 0; i < PIXELS; i++) {
        if (Math.abs(y[i]) < 0.9) {
          assertEquals(y[i] / 20, image[i], 0.1, step + " at " + i);
        }
      }
    }
  }

  /** As if there were no noise: the prior's images are as many as the measurements. */
  @Test
  void inversionFitsTheMeasurement() {
    PixelMask all = PixelMask.of(allVisible(), SIDE, SIDE);
    RealVector y = vectorOf(measurement(all));
    RealVector start = vectorOf(draws(inversion(0), all, 1).get(0));
    RealVector end = vectorOf(draws(inversion(300), all, 1).get(0));
    double off = end.subtract(y).getLInfNorm();
    // Adam's last steps are a share of its rate, 0.05 t long, and f makes them shorter.
    assertTrue(off < 0.05, () -> "off by " + off);
    assertTrue(start.subtract(y).getLInfNorm() > 0.5);
  }

  private static ConsistencyInversion inversion(int steps) {
    return new ConsistencyInversion(3, steps, 0.05, 0);
  }

  private static boolean[] allVisible() {
    boolean[] visible = new boolean[PIXELS];
    Arrays.fill(visible, true);
    return visible;
  }
}
