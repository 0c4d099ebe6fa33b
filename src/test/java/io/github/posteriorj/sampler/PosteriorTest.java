package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Potential.Evaluation;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The posterior of the bundled prior: gradients, batches, repeatability. */
class PosteriorTest {

  private static final Shape IMAGE = new Shape(1, 16, 20);
  private static final GaussianBlur OPERATOR = new GaussianBlur(2);
  private static final GaussianLikelihood LIKELIHOOD = new GaussianLikelihood(0.1);
  private static final long COLLECTION_EVERY_NANOSECONDS = 10_000_000;

  private static ConsistencyModel model;

  @BeforeAll
  static void open() throws Exception {
    model = PriorFolders.open(Path.of("models/microscopy-64"));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static float[] measurement() {
    float[] y = new float[(int) IMAGE.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = -0.9f + (i % IMAGE.get(2)) / (float) IMAGE.get(2);
    }
    return y;
  }

  private static CroppedPrior prior(int generationSteps) {
    return new CroppedPrior(model.multistep(generationSteps, IMAGE, RandomStream.of(3, 0)), IMAGE);
  }

  private static Posterior posterior(int generationSteps) {
    return new Posterior(
        prior(generationSteps), OPERATOR, LIKELIHOOD, measurement(), model::newScope);
  }

  private static float[][] states(Posterior posterior, int chains) {
    float[][] states = new float[chains][];
    for (int chain = 0; chain < chains; chain++) {
      states[chain] = RandomStream.of(17, chain).gaussian(posterior.dimension());
    }
    return states;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void gradientAgreesWithCentralDifferences(int generationSteps) {
    Posterior posterior = posterior(generationSteps);
    float[] state = states(posterior, 1)[0];
    float[] gradient = posterior.evaluate(new float[][] {state}).gradient()[0];
    double length = 0;
    for (float component : gradient) {
      length += (double) component * component;
    }
    length = Math.sqrt(length);
    for (int direction = 0; direction < 4; direction++) {
      double[] unit = new double[gradient.length];
      float[] random = RandomStream.of(23, direction).gaussian(unit.length);
      double norm = 0;
      for (int i = 0; i < unit.length; i++) {
        // Along the gradient, and along it with a random direction added.
        unit[i] = gradient[i] / length + 0.05 * direction * random[i];
        norm += unit[i] * unit[i];
      }
      norm = Math.sqrt(norm);
      double expected = 0;
      float[] ahead = new float[unit.length];
      float[] behind = new float[unit.length];
      double h = 0.01;
      for (int i = 0; i < unit.length; i++) {
        unit[i] /= norm;
        expected += unit[i] * gradient[i];
        ahead[i] = (float) (state[i] + h * unit[i]);
        behind[i] = (float) (state[i] - h * unit[i]);
      }
      double[] values = posterior.evaluate(new float[][] {ahead, behind}).potential();
      double difference = (values[0] - values[1]) / (2 * h);
      assertEquals(expected, difference, 0.01 * Math.abs(expected));
    }
  }

  @Test
  void theGradientIsThePullBackOfTheLikelihoods() {
    float[] state = states(posterior(2), 1)[0];
    float[] expected = posterior(2).evaluate(new float[][] {state}).gradient()[0];
    CroppedPrior prior = prior(2);
    try (NDManager scope = model.newScope()) {
      NDArray z = DeviceArrays.copyOf(scope, state, new Shape(1).addAll(prior.latentShape()));
      NDArray y = DeviceArrays.copyOf(scope, measurement(), new Shape(1).addAll(IMAGE));
      NDArray g =
          Differentiation.valueAndGradient(
                  x -> LIKELIHOOD.negativeLog(OPERATOR.apply(x), y),
                  prior.generate(z).stopGradient())
              .gradient();
      float[] found = prior.pullBack(z, g).add(z).toFloatArray();
      double largest = 0;
      for (float component : expected) {
        largest = Math.max(largest, Math.abs(component));
      }
      // The same sums in the same order, up to the rounding of the two passes.
      assertArrayEquals(expected, found, (float) (1e-4 * largest));
    }
  }

  @Test
  void gradientsDoNotDependOnJavasGarbageCollector() throws InterruptedException {
    Posterior posterior = posterior(2);
    float[][] states = states(posterior, 2);
    Evaluation undisturbed = posterior.evaluate(states);
    AtomicBoolean finished = new AtomicBoolean();
    Thread collector =
        new Thread(
            () -> {
              while (!finished.get()) {
                System.gc();
                // All else stands still meanwhile: an evaluation sees several collections so, too.
                LockSupport.parkNanos(COLLECTION_EVERY_NANOSECONDS);
              }
            });
    collector.start();
    try {
      for (int repetition = 0; repetition < 30; repetition++) {
        Evaluation disturbed = posterior.evaluate(states);
        assertArrayEquals(undisturbed.gradient()[0], disturbed.gradient()[0]);
        assertArrayEquals(undisturbed.gradient()[1], disturbed.gradient()[1]);
      }
    } finally {
      finished.set(true);
      collector.join();
    }
  }

  @Test
  void aBatchOfChainsEqualsTheChainsOneByOne() {
    Posterior posterior = posterior(1);
    float[][] states = states(posterior, 3);
    Evaluation together = posterior.evaluate(states);
    for (int chain = 0; chain < 3; chain++) {
      Evaluation alone = posterior.evaluate(new float[][] {states[chain]});
      double potential = alone.potential()[0];
      assertEquals(potential, together.potential()[chain], 1e-5 * potential);
      assertArrayEquals(alone.image()[0], together.image()[chain], 1e-4f);
    }
  }

  @Test
  void samplesDifferAndOneSeedGivesTheSameBitsEvenInAnInterpreterThatHasWarmedUp() {
    List<float[]> first = draw(5);
    assertEquals(5, first.size());
    for (int i = 1; i < first.size(); i++) {
      assertTrue(differ(first.get(0), first.get(i)));
    }
    // PyTorch would change kernels within the first calls; a run makes hundreds.
    List<float[]> again = draw(5);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), again.get(i));
    }
    List<float[]> other = draw(6);
    assertTrue(differ(first.get(0), other.get(0)));
  }

  private static boolean differ(float[] a, float[] b) {
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      difference = Math.max(difference, Math.abs(a[i] - b[i]));
    }
    return difference > 1e-3;
  }

  private static List<float[]> draw(long seed) {
    SamplerSettings settings =
        SamplerSettings.standard(5, seed)
            .withChains(2)
            .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 8)
            .withTransitions(3, 2);
    List<float[]> images = new ArrayList<>();
    new PosteriorSampler(settings)
        .run(posterior(1), sample -> images.add(sample.image()), Progress.NONE);
    return images;
  }

  @Test
  void aRunReportsAsManyEvaluationsAsItAnnounces() {
    SamplerSettings settings =
        SamplerSettings.standard(5, 1)
            .withChains(2)
            .withStart(WarmStart.MAXIMUM_LIKELIHOOD, 4)
            .withTransitions(3, 2);
    long[] last = new long[2];
    SamplerReport report =
        new PosteriorSampler(settings)
            .run(
                posterior(1),
                sample -> {},
                (stage, done, total) -> {
                  last[0] = done;
                  last[1] = total;
                });
    assertEquals(last[1], last[0]);
    assertEquals(last[1], report.evaluations());
  }

  @Test
  void progressEndsARun() {
    SamplerSettings settings =
        SamplerSettings.standard(5, 1)
            .withChains(2)
            .withStart(WarmStart.MAXIMUM_LIKELIHOOD, 4)
            .withTransitions(3, 2);
    List<float[]> images = new ArrayList<>();
    assertThrows(
        CancellationException.class,
        () ->
            new PosteriorSampler(settings)
                .run(
                    posterior(1),
                    sample -> images.add(sample.image()),
                    (stage, done, total) -> {
                      if (done == 3) {
                        throw new CancellationException();
                      }
                    }));
    assertTrue(images.isEmpty());
  }

  @Test
  void aMeasurementOfAnotherSizeIsRefused() {
    CroppedPrior prior = new CroppedPrior(model.oneStep(), IMAGE);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Posterior(
                prior,
                new GaussianBlur(2),
                new GaussianLikelihood(0.1),
                new float[7],
                model::newScope));
  }
}
