package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.CheckpointFolders;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.PosteriorSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run of any method that was ended goes on from the last state that it kept, and gives what it
 * would have given.
 */
class ResumedRunsTest {

  private static final int SAMPLES = 6;
  private static final int BURN_IN = 4;
  private static final Shape IMAGE = new Shape(1, 8, 8);

  /** A batch holds two of these on a CPU. */
  private static final Shape HALF_A_BATCH = new Shape(1, 256, 256);

  private static final GaussianBlur BLUR = new GaussianBlur(0.7);

  @TempDir private static Path folder;

  @RegisterExtension static final OpenNormalModel MODEL = new OpenNormalModel(() -> folder);

  static List<String> kinds() {
    return MethodSettings.kinds();
  }

  /** A run that may be ended, and what was seen of it: samples and scores have numbered names. */
  private static final class Watched implements Checkpoints {

    private final Checkpoints folder;
    private final List<PosteriorSample> samples = new ArrayList<>();
    private final List<Long> moves = new ArrayList<>();
    private final TreeSet<Long> kept = new TreeSet<>();
    private SolverReport report;

    Watched(Path folder) throws IOException {
      this.folder = CheckpointFolders.ofEveryMove(folder, "run");
    }

    Watched run(Solver solver, InverseProblem problem, int count) {
      return run(solver, problem, count, (stage, done, total) -> {});
    }

    Watched run(Solver solver, InverseProblem problem, int count, Progress listener) {
      Progress noting =
          (stage, done, total) -> {
            moves.add(done);
            listener.advanced(stage, done, total);
          };
      report = solver.solve(problem, count, samples::add, this, noting);
      return this;
    }

    @Override
    public boolean isDue() {
      return folder.isDue();
    }

    @Override
    public void keep(String name, NDList arrays) {
      if (!name.contains("-")) {
        kept.add(moves.get(moves.size() - 1));
      }
      folder.keep(name, arrays);
    }

    @Override
    public Optional<NDList> kept(String name, NDManager scope) {
      return folder.kept(name, scope);
    }
  }

  /** Ends runs at some of their moves, and compares what comes of each with a whole one. */
  private static Watched check(
      Path states, Solver solver, InverseProblem problem, int count, int every) throws IOException {
    Watched whole = new Watched(states.resolve("whole")).run(solver, problem, count);
    for (int move = 1; move <= whole.moves.size(); move += every) {
      Path state = states.resolve("move " + move);
      long last = move;
      Progress ending =
          (stage, done, total) -> {
            if (done == last) {
              throw new CancellationException();
            }
          };
      Watched ended = new Watched(state);
      assertThrows(CancellationException.class, () -> ended.run(solver, problem, count, ending));
      Watched rest = new Watched(state).run(solver, problem, count);
      Long before = whole.kept.lower(last);
      assertEquals(before == null ? 1 : before + 1, rest.moves.get(0), "ended at " + move);
      assertSame(whole, rest);
    }
    return whole;
  }

  private static void assertSame(Watched whole, Watched rest) {
    assertEquals(whole.samples.size(), rest.samples.size());
    for (int i = 0; i < whole.samples.size(); i++) {
      PosteriorSample one = whole.samples.get(i);
      PosteriorSample other = rest.samples.get(i);
      assertEquals(one.chain(), other.chain());
      assertArrayEquals(one.image(), other.image());
      assertEquals(one.negativeLogLikelihood(), other.negativeLogLikelihood());
      assertEquals(one.squaredLatent(), other.squaredLatent());
    }
    assertEquals(whole.report, rest.report);
  }

  private static Solver with(Solver standard, Map<String, Object> settings) {
    return (Solver) MethodSettings.with(standard, settings);
  }

  private static InverseProblem problem(ConsistencyModel of, Shape image) {
    return NormalModel.problem(of, BLUR, 0.25, image, 3);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anyMethodGoesOnToTheBit(String kind) throws IOException {
    Solver solver = SolversTest.brief(MethodSettings.standard(kind).solver(MODEL.get(), 1, BLUR));
    Watched whole = check(folder.resolve(kind), solver, problem(MODEL.get(), IMAGE), SAMPLES, 11);
    assertEquals(solver instanceof PointEstimate, whole.kept.isEmpty());
  }

  @Test
  void imagesThatComeDownAreKeptAtEachLevel() throws IOException {
    Solver latino = with(Latino.standard(), Map.of("noise_levels", 6));
    Watched whole =
        check(folder.resolve("levels"), latino, problem(MODEL.get(), IMAGE), SAMPLES, 1);
    assertEquals(whole.moves.size(), whole.kept.size());
  }

  @Test
  void trajectoriesAreKeptAtTheirEnds() throws IOException {
    Solver solver =
        with(NoiseSpaceHamiltonian.standard(), Map.of("proposals", 3, "leapfrog_steps", 4));
    Watched whole =
        check(folder.resolve("trajectories"), solver, problem(MODEL.get(), IMAGE), SAMPLES, 1);
    assertEquals(List.of(5L, 10L, 15L), List.copyOf(whole.kept));
  }

  /** Warm start, setting out, each transition; of three of them the last one gives a sample. */
  @Test
  void chainsAtTheHighestLevelAreKeptAfterEachTransition() throws IOException {
    Watched whole = checkChains("chains of one step", Map.of("integrator", "Euler-Maruyama"), 7);
    assertEquals(1 + 1 + BURN_IN + 3 * 3, whole.kept.size());
  }

  @Test
  void chainsGoOnToTuneTheirStepSize() throws IOException {
    checkChains("tuned", Map.of("integrator", "MALA", "preconditioning", "none"), 1);
  }

  /** Steps a quarter longer than stable ones: chains blow up after some of them. */
  @Test
  void chainsThatBlowUpGoBackToTheirStarts() throws IOException {
    Watched whole =
        checkChains(
            "halved",
            Map.of("integrator", "Euler-Maruyama", "preconditioning", "none", "step_size", 0.5),
            1);
    assertNotEquals("0 times", whole.report.facts().get("Step size halved"));
  }

  @Test
  void chainsGoOnToTheirEffectiveSampleSize() throws IOException {
    Watched whole = checkChains("targeted", Map.of("target_ess", 12, "max_gradients", 200), 17);
    assertTrue(whole.samples.size() > SAMPLES);
  }

  @Test
  void chainsThatAreRestartedAreComparedWhenAllHaveEnded() throws IOException {
    Watched whole = checkChains("restarted", Map.of("restarts", 2), 13);
    assertEquals(SAMPLES, whole.samples.size());
  }

  private static Watched checkChains(String name, Map<String, Object> settings, int every)
      throws IOException {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(Map.of("chains", 2, "warm_start_steps", 4, "burn_in", BURN_IN, "thinning", 3));
    Solver solver = with(NoiseSpaceLangevin.standard(), all);
    return check(folder.resolve(name), solver, problem(MODEL.get(), IMAGE), SAMPLES, every);
  }

  @Test
  void batchesThatAreFinishedAreNotDrawnAgain() throws IOException {
    InverseProblem problem = problem(MODEL.get(), HALF_A_BATCH);
    Watched reverse =
        check(
            folder.resolve("images"),
            with(Latino.standard(), Map.of("noise_levels", 2)),
            problem,
            5,
            1);
    assertEquals(3 * 2, reverse.moves.size());
    Solver chains =
        with(NoiseSpaceHamiltonian.standard(), Map.of("proposals", 2, "leapfrog_steps", 1));
    Watched ends = check(folder.resolve("chains"), chains, problem, 5, 4);
    assertEquals(3 * (2 * 2 + 1), ends.moves.size());
  }

  @Test
  void networksGiveTheSameBits() throws Exception {
    try (ConsistencyModel bundled = PriorFolders.open(Path.of("models/microscopy-64"))) {
      InverseProblem problem = problem(bundled, new Shape(1, 20, 20));
      Solver guided = SolversTest.brief(DiffusionPosteriorSampling.standard());
      assertTrue(check(folder.resolve("network"), guided, problem, 2, 3).moves.size() > 3);
    }
  }
}
