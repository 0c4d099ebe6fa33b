package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.CheckpointFolders;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ends at any move goes on from there, and draws what it would have drawn. */
class LevelCheckpointTest {

  @TempDir private Path folder;

  /** A run's samples, what was told of them, and the moves that it took. */
  private record Drawn(List<PosteriorSample> samples, LevelReport report, List<String> moves) {}

  private static LevelProblem problem(ScoredPrior prior, int side) {
    return problem(prior, new GaussianBlur(1), nearTheMean(side * side), side);
  }

  private static LevelProblem problem(
      ScoredPrior prior, ForwardOperator operator, float[] y, int side) {
    return new LevelProblem(
        prior, operator, new GaussianLikelihood(0.2), y, new Shape(1, side, side));
  }

  private static float[] nearTheMean(int values) {
    float[] y = RandomStream.of(5, 1).gaussian(values);
    for (int i = 0; i < values; i++) {
      y[i] = (float) (NormalPrior.MEAN + 0.2 * y[i]);
    }
    return y;
  }

  private static Drawn run(LevelProblem problem, LevelSettings settings, Checkpoints checkpoints) {
    List<PosteriorSample> samples = new ArrayList<>();
    List<String> moves = new ArrayList<>();
    LevelReport report =
        new LevelSampler(settings)
            .run(problem, samples::add, checkpoints, (stage, done, total) -> moves.add(stage));
    return new Drawn(samples, report, moves);
  }

  private static void end(
      LevelProblem problem, LevelSettings settings, Checkpoints checkpoints, int atMove) {
    Progress ending =
        (stage, done, total) -> {
          if (done == atMove) {
            throw new CancellationException();
          }
        };
    assertThrows(
        CancellationException.class,
        () -> new LevelSampler(settings).run(problem, sample -> {}, checkpoints, ending));
  }

  private void checkAllMoves(LevelProblem problem, LevelSettings settings, int every)
      throws IOException {
    Drawn whole = run(problem, settings, Checkpoints.NONE);
    for (int move = 1; move <= whole.moves().size(); move += every) {
      Path state = folder.resolve("move " + move);
      end(problem, settings, CheckpointFolders.ofEveryMove(state, "run"), move);
      Drawn rest = run(problem, settings, CheckpointFolders.ofEveryMove(state, "run"));
      assertTrue(rest.moves().size() <= whole.moves().size() - move + 1, "done again: " + rest);
      assertSame(whole, rest);
    }
  }

  private static void assertSame(Drawn whole, Drawn rest) {
    assertEquals(whole.samples().size(), rest.samples().size());
    for (int i = 0; i < whole.samples().size(); i++) {
      PosteriorSample one = whole.samples().get(i);
      PosteriorSample other = rest.samples().get(i);
      assertEquals(one.chain(), other.chain());
      assertArrayEquals(one.image(), other.image());
      assertEquals(one.negativeLogLikelihood(), other.negativeLogLikelihood());
      assertEquals(one.squaredLatent(), other.squaredLatent());
    }
    assertEquals(whole.report(), rest.report());
  }

  /** Of 256 x 256 pixels two chains are a batch. */
  @Test
  void batchesOfChainsWithSeveralSamplesEach() throws IOException {
    LevelSettings settings =
        LevelSettings.standard(5, 3).withSweeps(3).withSteps(2, 0.5).withChains(3, 2);
    checkAllMoves(problem(new NormalPrior(256), 256), settings, 1);
  }

  @Test
  void chainsThatAreComparedByTheirWalks() throws IOException {
    LevelSettings settings = LevelSettings.standard(9, 3).withSweeps(2).withSteps(5, 0.5);
    checkAllMoves(problem(new NormalPrior(8), 8), settings, 1);
  }

  /** Of few visible pixels, which ask for it. */
  @Test
  void chainsThatWalkInSmallerSteps() throws IOException {
    LevelSettings settings = LevelSettings.standard(3, 3).withSweeps(2).withSteps(2, 0.5);
    PixelMask mask = PixelMask.random(8, 8, 0.1, RandomStream.of(5, 2));
    LevelProblem problem = problem(new NormalPrior(8), mask, new float[8 * 8], 8);
    assertEquals(0.25, run(problem, settings, Checkpoints.NONE).report().stepSize());
    checkAllMoves(problem, settings, 1);
  }

  /** Of a camera that clips, whose draws take more random numbers of some pixels than of others. */
  @Test
  void chainsOfACamera() throws IOException {
    LevelSettings settings = LevelSettings.standard(3, 3).withSweeps(2).withSteps(2, 0.5);
    ClippedGain camera = new ClippedGain(4, -1, 1);
    checkAllMoves(problem(new NormalPrior(8), camera, nearTheMean(8 * 8), 8), settings, 1);
  }

  /** Chains that walk again, with half the step, do so again from the beginning. */
  @Test
  void chainsThatBlowUp() throws IOException {
    LevelSettings settings = LevelSettings.standard(4, 3).withSweeps(2).withSteps(8, 4);
    LevelProblem problem = problem(new NormalPrior(8), 8);
    Drawn whole = run(problem, settings, Checkpoints.NONE);
    assertTrue(whole.report().halved() > 0);
    int inTheMiddle = 1 + 8 + 3;
    end(problem, settings, CheckpointFolders.ofEveryMove(folder, "run"), inTheMiddle);
    assertSame(whole, run(problem, settings, CheckpointFolders.ofEveryMove(folder, "run")));
  }

  @Test
  void networksGiveTheSameBits() throws Exception {
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      LevelProblem problem = problem(NetworkPrior.of(model, 1, model.denoiser()), 20);
      LevelSettings settings =
          LevelSettings.standard(4, 3).withSweeps(3).withSteps(2, 0.5).withChains(2, 1);
      checkAllMoves(problem, settings, 2);
    }
  }

  @Test
  void theStateOfAnotherRunIsThrownAway() throws IOException {
    LevelSettings settings = LevelSettings.standard(2, 3).withSweeps(2).withSteps(2, 0.5);
    LevelProblem problem = problem(new NormalPrior(8), 8);
    end(problem, settings, CheckpointFolders.ofEveryMove(folder, "run"), 3);
    assertTrue(Files.exists(folder.resolve("chains")));
    Drawn other = run(problem, settings, CheckpointFolders.ofEveryMove(folder, "another run"));
    assertEquals(run(problem, settings, Checkpoints.NONE).moves(), other.moves());
  }

  @Test
  void filesHaveTheirNamesWhenTheyAreWhole() throws IOException {
    LevelSettings settings = LevelSettings.standard(2, 3).withSweeps(2).withSteps(2, 0.5);
    run(problem(new NormalPrior(8), 8), settings, CheckpointFolders.ofEveryMove(folder, "run"));
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(List.of("chains", "run.txt", "sample-1", "sample-2"), names);
    }
    Files.writeString(folder.resolve("chains"), "no state");
    RuntimeException error =
        assertThrows(
            RuntimeException.class,
            () ->
                run(
                    problem(new NormalPrior(8), 8),
                    settings,
                    CheckpointFolders.ofEveryMove(folder, "run")));
    assertFalse(error.getMessage().isBlank());
  }
}
