package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.NoiseLikelihood;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.sampler.ChainNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noisy images of a camera that clips pixels: clean pixels by quadrature, and fresh noise. */
class CensoredDataStepTest {

  private static final int SIDE = 16;
  private static final int CHAINS = 400;
  private static final double NOISE = 0.2;
  private static final double CENTRE = -0.6;
  private static final NormalPrior PRIOR = new NormalPrior(SIDE);

  /** Smaller than the canvas. */
  private static final Shape IMAGE = new Shape(1, 10, 12);

  /** clip(2 x, -1, 1) + 0.5. */
  private static final ForwardOperator CAMERA =
      Composition.of(new Affine(2, 0), new ClippedGain(1, -1, 1), new Affine(1, 0.5));

  /** Dark and bright pixels at the limits, and lit ones, by turns. */
  private static final float[] KINDS = {-0.5f, 0.8f, 1.5f};

  private static LevelProblem problem(NoiseLikelihood likelihood) {
    float[] y = new float[(int) IMAGE.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = KINDS[i % KINDS.length];
    }
    return new LevelProblem(PRIOR, CAMERA, likelihood, y, IMAGE);
  }

  private static NDArray flat(NDManager scope) {
    return scope.full(new Shape(CHAINS, 1, SIDE, SIDE), (float) CENTRE);
  }

  /** r of a flat image, whose power is that of one wave: P = pixels u^2. */
  private static double deviation(double level) {
    double pixels = IMAGE.size();
    double power = pixels * CENTRE * CENTRE;
    return Math.sqrt(2 / pixels * power * level * level / (power + level * level));
  }

  /** Mean and variance of a clean pixel. */
  private static double[] moments(double y, double r) {
    double all = 0;
    double sum = 0;
    double square = 0;
    for (double v = CENTRE - 8 * r; v < CENTRE + 8 * r; v += r / 1000) {
      double residual = (y - 0.5 - Math.min(Math.max(2 * v, -1), 1)) / NOISE;
      double off = (v - CENTRE) / r;
      double weight = Math.exp(-(off * off + residual * residual) / 2);
      all += weight;
      sum += weight * v;
      square += weight * v * v;
    }
    return new double[] {sum / all, square / all - Math.pow(sum / all, 2)};
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 10})
  void noisyImagesAreCleanPixelsWithFreshNoise(double level) {
    try (NDManager scope = PRIOR.newScope()) {
      DataStep step = DataStep.of(problem(new GaussianLikelihood(NOISE)), scope);
      assertInstanceOf(CensoredDataStep.class, step);
      NDArray x = step.draw(flat(scope), level, ChainNoise.of(3, 0, CHAINS));
      float[] inside = new Window(PRIOR.canvas(IMAGE), IMAGE).cut(x).toFloatArray();
      for (int kind = 0; kind < KINDS.length; kind++) {
        double sum = 0;
        double square = 0;
        int count = 0;
        for (int i = kind; i < inside.length; i += KINDS.length) {
          sum += inside[i];
          square += (double) inside[i] * inside[i];
          count++;
        }
        double[] clean = moments(KINDS[kind], deviation(level));
        double variance = clean[1] + level * level;
        double mean = sum / count;
        String what = "y = " + KINDS[kind];
        assertEquals(clean[0], mean, 4 * Math.sqrt(variance / count), what);
        assertEquals(
            1, (square / count - mean * mean) / variance, 4 * Math.sqrt(2.0 / count), what);
      }
    }
  }

  @Test
  void aroundTheImageThereIsNoiseOfTheLevelAlone() {
    double level = 2;
    try (NDManager scope = PRIOR.newScope()) {
      DataStep step = DataStep.of(problem(new GaussianLikelihood(NOISE)), scope);
      NDArray x = step.draw(flat(scope), level, ChainNoise.of(3, 0, CHAINS));
      NDArray off = x.sub((float) CENTRE);
      double squares = off.square().sum().getFloat();
      squares -= new Window(PRIOR.canvas(IMAGE), IMAGE).cut(off).square().sum().getFloat();
      double count = (double) CHAINS * (SIDE * SIDE - IMAGE.size());
      assertEquals(1, squares / count / (level * level), 4 * Math.sqrt(2 / count));
    }
  }

  /** Noise that goes with the light counts as that of what the clean image predicts. */
  @Test
  void photonNoiseIsTakenAtThePrediction() {
    try (NDManager scope = PRIOR.newScope()) {
      NoiseLikelihood photons = new PoissonGaussianLikelihood(0.08, -0.5, 0.01);
      NDArray x =
          DataStep.of(problem(photons), scope).draw(flat(scope), 1e-3, ChainNoise.of(3, 0, CHAINS));
      float[] inside = new Window(PRIOR.canvas(IMAGE), IMAGE).cut(x).toFloatArray();
      for (int i = 0; i < inside.length; i += KINDS.length) {
        assertEquals(CENTRE, inside[i], 0.02);
      }
    }
  }

  @Test
  void whatBlursBeforeItClipsTakesLangevinSteps() {
    ForwardOperator blurred = Composition.of(new GaussianBlur(1), new ClippedGain(2, -1, 1));
    try (NDManager scope = PRIOR.newScope()) {
      LevelProblem problem =
          new LevelProblem(PRIOR, blurred, new GaussianLikelihood(NOISE), new float[120], IMAGE);
      assertInstanceOf(LangevinDataStep.class, DataStep.of(problem, scope));
    }
  }
}
