package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.UnsuitableProblemException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all methods keep, whatever they do; a new one is found by itself. */
class SolversTest {

  private static final Shape IMAGE = new Shape(1, 8, 8);
  private static final GaussianBlur BLUR = new GaussianBlur(0.7);
  private static final double NOISE = 0.25;
  private static final int SAMPLES = 6;

  /** Methods that take no prior without a denoiser. */
  private static final Set<String> BY_DENOISER =
      Set.of(
          "noise-space Langevin at a level",
          "split Gibbs",
          "DPS",
          "LGD",
          "MPGD",
          "FreeDoM",
          "CM-guided DPS");

  /** Settings that make runs short, for methods that have them. */
  private static final Map<String, Object> BRIEF =
      Map.of(
          "noise_levels", 6,
          "inversion_steps", 4,
          "proposals", 4,
          "warm_start_steps", 12,
          "burn_in", 2,
          "gibbs_sweeps", 8,
          "iterations", 20);

  @TempDir static Path folder;

  @RegisterExtension static final OpenNormalModel MODEL = new OpenNormalModel(() -> folder);

  static List<String> kinds() {
    return MethodSettings.kinds();
  }

  /** A solver of that kind whose runs are short. */
  private static Solver solver(String kind, ForwardOperator operator) {
    return brief(MethodSettings.standard(kind).solver(MODEL.get(), 1, operator));
  }

  /** The same solver with settings that make its runs short. */
  static Solver brief(Solver standard) {
    Map<String, Object> brief = new HashMap<>(BRIEF);
    brief.keySet().removeAll(MethodSettings.unknown(standard, BRIEF));
    return (Solver) MethodSettings.with(standard, brief);
  }

  private static boolean isPointEstimate(String kind) {
    return MethodSettings.standard(kind) instanceof PointEstimate;
  }

  private static List<float[]> images(Solver solver, InverseProblem problem) {
    List<float[]> images = new ArrayList<>();
    SolverReport report =
        solver.solve(problem, SAMPLES, sample -> images.add(sample.image()), Progress.NONE);
    assertTrue(report.networkPasses() >= 0);
    return images;
  }

  private static List<float[]> images(String kind, ForwardOperator operator, long seed) {
    return images(
        solver(kind, operator), NormalModel.problem(MODEL.get(), operator, NOISE, IMAGE, seed));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aSeedGivesTheSameBitsAndAnotherOneOthers(String kind) {
    float[][] once = images(kind, BLUR, 3).toArray(float[][]::new);
    assertArrayEquals(once, images(kind, BLUR, 3).toArray(float[][]::new));
    if (isPointEstimate(kind)) {
      assertEquals(1, once.length);
      return;
    }
    assertEquals(SAMPLES, once.length);
    assertFalse(Arrays.equals(once[0], images(kind, BLUR, 4).get(0)));
    assertFalse(Arrays.equals(once[0], once[1]));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everySampleIsOfAChainAndKnowsItsMisfit(String kind) {
    InverseProblem problem = NormalModel.problem(MODEL.get(), BLUR, NOISE, IMAGE, 3);
    List<PosteriorSample> samples = new ArrayList<>();
    solver(kind, BLUR).solve(problem, SAMPLES, samples::add, Progress.NONE);
    for (PosteriorSample sample : samples) {
      assertTrue(sample.chain() >= 0 && sample.chain() < SAMPLES);
      try (NDManager scope = MODEL.get().newScope()) {
        double misfit =
            problem
                .likelihood()
                .negativeLog(
                    BLUR.apply(scope.create(sample.image(), new Shape(1).addAll(IMAGE))),
                    scope.create(problem.measurement(), new Shape(1).addAll(IMAGE)))
                .getFloat();
        assertEquals(misfit, sample.negativeLogLikelihood(), 1e-3 * misfit); // float32
      }
    }
  }

  /**
   * A third of the way from the prior's mean to the posterior's is gone, or more: methods that are
   * biased stop near the latter, and one without guidance does not set out.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  void theMeanIsNearThePosteriorsAndNotThePriors(String kind) {
    InverseProblem problem = NormalModel.problem(MODEL.get(), new Identity(), NOISE, IMAGE, 5);
    Solver recommended = MethodSettings.standard(kind).solver(MODEL.get(), 1, new Identity());
    List<float[]> images = images(recommended, problem);
    double share = NormalModel.VARIANCE / (NormalModel.VARIANCE + NOISE * NOISE);
    double along = 0;
    double whole = 0;
    for (int i = 0; i < problem.measurement().length; i++) {
      double exact = share * problem.measurement()[i];
      for (float[] image : images) {
        along += image[i] * exact / images.size();
      }
      whole += exact * exact;
    }
    // The noise of six samples of 64 pixels along one direction is below 0.1 of the way.
    assertTrue(along > whole / 3, kind + " went " + along / whole + " of the way");
    assertTrue(along < 1.5 * whole, kind + " went " + along / whole + " of the way");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theMeasurementsUnitDoesNotMatter(String kind) {
    double gain = 200;
    double offset = 300;
    InverseProblem plain = NormalModel.problem(MODEL.get(), BLUR, NOISE, IMAGE, 3);
    float[] counts = plain.measurement().clone();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (float) (gain * counts[i] + offset);
    }
    InverseProblem inCounts =
        new InverseProblem(
            MODEL.get(),
            1,
            Composition.of(new Affine(gain, offset), BLUR),
            new GaussianLikelihood(gain * NOISE),
            counts,
            IMAGE,
            3);
    Solver solver = solver(kind, BLUR);
    List<float[]> expected = images(solver, plain);
    List<float[]> images = images(solver, inCounts);
    for (int i = 0; i < expected.size(); i++) {
      // float32, with an offset that takes two digits, and chains that add up what is rounded.
      assertArrayEquals(expected.get(i), images.get(i), 2e-3f);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void progressReachesItsEndAndNoFurther(String kind) {
    AtomicLong last = new AtomicLong();
    AtomicLong end = new AtomicLong();
    solver(kind, BLUR)
        .solve(
            NormalModel.problem(MODEL.get(), BLUR, NOISE, IMAGE, 3),
            SAMPLES,
            sample -> {},
            (stage, done, total) -> {
              assertTrue(done > last.getAndSet(done) && done <= total, done + " of " + total);
              end.set(total);
            });
    assertEquals(end.get(), last.get());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aListenerEndsTheRunAtItsNextPass(String kind) {
    AtomicInteger heard = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            solver(kind, BLUR)
                .solve(
                    NormalModel.problem(MODEL.get(), BLUR, NOISE, IMAGE, 3),
                    SAMPLES,
                    sample -> {},
                    (stage, done, total) -> {
                      if (heard.incrementAndGet() == 1) {
                        throw new CancellationException();
                      }
                    }));
    assertEquals(1, heard.get());
  }

  static List<String> reverseKinds() {
    return kinds().stream()
        .filter(kind -> MethodSettings.standard(kind) instanceof ReverseSolver)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("reverseKinds")
  void tilesAndBatchesDoNotMatter(String kind) throws Exception {
    Shape image = new Shape(1, 40, 24);
    Path local = PriorFolders.writeLocal(folder.resolve("local " + kind));
    try (ConsistencyModel whole = PriorFolders.open(local)) {
      Solver solver = solver(kind, BLUR);
      List<float[]> expected = images(solver, NormalModel.problem(whole, BLUR, NOISE, image, 3));
      for (GenerativeModel parts : List.of(whole.tiled(16), whole.inBatchesOf(1))) {
        List<float[]> images = images(solver, NormalModel.problem(parts, BLUR, NOISE, image, 3));
        for (int i = 0; i < images.size(); i++) {
          assertArrayEquals(expected.get(i), images.get(i), 1e-3f); // float32
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingStaysInMemory(String kind) throws Exception {
    images(kind, BLUR, 3);
    int before = resources();
    images(kind, BLUR, 3);
    assertEquals(before, resources());
  }

  /** Tensors and scopes that live as long as the network. */
  private static int resources() throws Exception {
    try (NDManager scope = MODEL.get().newScope()) {
      Field field = BaseNDManager.class.getDeclaredField("resources");
      field.setAccessible(true);
      return ((Map<?, ?>) field.get(scope.getParentManager())).size();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatAMethodLacksIsToldInItsName(String kind) throws Exception {
    try (ConsistencyModel bare = NormalModel.withoutDenoiser(folder.resolve(kind))) {
      InverseProblem problem = NormalModel.problem(bare, BLUR, NOISE, IMAGE, 3);
      Solver solver = brief(MethodSettings.standard(kind).solver(bare, 1, BLUR));
      Executable run = () -> solver.solve(problem, SAMPLES, sample -> {}, Progress.NONE);
      if (BY_DENOISER.contains(kind)) {
        UnsuitableProblemException refused =
            assertThrows(UnsuitableProblemException.class, run, kind);
        assertTrue(refused.getMessage().contains("denoiser"), refused.getMessage());
      } else {
        assertDoesNotThrow(run, kind);
      }
    }
  }

  /** By both networks, and by the denoiser alone, as the probability flow is opened. */
  @ParameterizedTest
  @MethodSource("kinds")
  void otherOperatorsAreSampledOrRefused(String kind) throws Exception {
    ForwardOperator clip = new ClippedGain(2, -1, 1);
    try (DiffusionModel flow =
        PriorFolders.openDenoiser(NormalModel.write(folder.resolve("flow " + kind)))) {
      for (GenerativeModel one : List.of(MODEL.get(), flow)) {
        Solver solver = MethodSettings.standard(kind).solver(one, 1, clip);
        InverseProblem problem = NormalModel.problem(one, clip, NOISE, IMAGE, 3);
        try {
          for (float[] image : images(brief(solver), problem)) {
            assertTrue(Float.isFinite(image[0]));
          }
        } catch (IllegalArgumentException e) {
          assertTrue(
              e.getMessage().contains("linear instruments")
                  || e.getMessage().contains("consistency model"),
              e.getMessage());
        }
      }
    }
  }

  @Test
  void linearMethodsRefuseOtherOperators() {
    ForwardOperator clip = new ClippedGain(2, -1, 1);
    InverseProblem problem = NormalModel.problem(MODEL.get(), clip, NOISE, IMAGE, 3);
    for (Solver solver :
        List.of(
            ConsistencyEditing.standard(),
            RichardsonLucy.standard(),
            RichardsonLucyTv.standard(),
            WienerFilter.standard())) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> solver.solve(problem, SAMPLES, sample -> {}, Progress.NONE))
              .getMessage();
      assertTrue(message.contains("is for linear instruments"), message);
    }
  }

  @Test
  void stepsOfThePriorAreRefusedWhereTheyHaveNoEffect() {
    InverseProblem one = NormalModel.problem(MODEL.get(), BLUR, NOISE, IMAGE, 3);
    InverseProblem two =
        new InverseProblem(MODEL.get(), 2, BLUR, one.likelihood(), one.measurement(), IMAGE, 3);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> images(DiffusionPosteriorSampling.standard(), two))
            .getMessage();
    assertTrue(message.contains("generation_steps has no effect"), message);
  }

  @Test
  void anUnknownMethodIsToldWithTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MethodSettings.standard("DSP"))
            .getMessage();
    assertTrue(message.contains("There is no method \"DSP\"."), message);
    kinds().forEach(kind -> assertTrue(message.contains(kind), message));
  }
}
