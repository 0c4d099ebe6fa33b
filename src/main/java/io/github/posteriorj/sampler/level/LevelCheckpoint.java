package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.sampler.Checkpoints;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Where a run at a level is between two moves of a batch of chains: all that it takes to go on to
 * the bit.
 *
 * @param counts what was done
 * @param positions of the streams of random numbers, one for each chain of the batch
 * @param walks what the chains of earlier batches showed, [2][chains][numbers]: early, and in the
 *     end
 * @param u clean images that split Gibbs sampling has come to
 * @param walk where the chains are on their walks, if they have set out
 */
record LevelCheckpoint(
    Counts counts, long[] positions, double[][][] walks, NDArray u, Optional<Walk> walk) {

  private static final String NAME = "chains";

  /**
   * What was done.
   *
   * @param first the number of the batch's first chain
   * @param samples samples that were drawn
   * @param moves sweeps and steps of all batches
   * @param halved how often a chain walked again with a smaller step
   * @param sweeps sweeps that u has gone through
   */
  record Counts(int first, int samples, long moves, int halved, int sweeps) {

    private long[] numbers() {
      return new long[] {first, samples, moves, halved, sweeps};
    }

    private static Counts of(long[] numbers) {
      return new Counts(
          (int) numbers[0], (int) numbers[1], numbers[2], (int) numbers[3], (int) numbers[4]);
    }
  }

  /**
   * A batch of chains on its walk.
   *
   * @param stretch the number of the walk's stretch
   * @param steps taken of it
   * @param from x at the stretch's beginning
   * @param state where the chains are
   * @param firstMisfits the negative log-likelihoods that they began with
   * @param early what they showed after the first stretch, [chains][numbers], or no rows before
   */
  record Walk(
      int stretch,
      int steps,
      NDArray from,
      Langevin.State state,
      float[] firstMisfits,
      double[][] early) {

    /** Chains that are about to begin a stretch. */
    static Walk at(int stretch, Langevin.State state, float[] firstMisfits, double[][] early) {
      return new Walk(stretch, 0, state.x().duplicate(), state, firstMisfits, early);
    }

    /** The same, after another step. */
    Walk stepped(Langevin.State to) {
      return new Walk(stretch, steps + 1, from, to, firstMisfits, early);
    }
  }

  /** Keeps this in the place of what was kept before. */
  void keep(Checkpoints checkpoints) {
    try (NDManager passing = u.getManager().newSubManager()) {
      NDList arrays =
          new NDList(
              passing.create(counts.numbers()),
              passing.create(positions),
              rows(passing, walks[0]),
              rows(passing, walks[1]),
              u);
      walk.ifPresent(
          way -> {
            arrays.add(passing.create(new long[] {way.stretch(), way.steps()}));
            arrays.add(way.from());
            arrays.addAll(Arrays.asList(way.state().arrays()));
            arrays.add(passing.create(way.firstMisfits()));
            arrays.add(rows(passing, way.early()));
          });
      checkpoints.keep(NAME, arrays);
    }
  }

  /**
   * What a run has kept, if it has.
   *
   * @param scope where it lives
   */
  static Optional<LevelCheckpoint> kept(Checkpoints checkpoints, NDManager scope) {
    return checkpoints.kept(NAME, scope).map(LevelCheckpoint::of);
  }

  private static LevelCheckpoint of(NDList arrays) {
    Optional<Walk> walk = Optional.empty();
    if (arrays.size() > 5) {
      long[] place = arrays.get(5).toLongArray();
      walk =
          Optional.of(
              new Walk(
                  (int) place[0],
                  (int) place[1],
                  arrays.get(6),
                  new Langevin.State(
                      arrays.get(7), arrays.get(8), arrays.get(9), arrays.get(10), arrays.get(11)),
                  arrays.get(12).toFloatArray(),
                  rows(arrays.get(13))));
    }
    return new LevelCheckpoint(
        Counts.of(arrays.get(0).toLongArray()),
        arrays.get(1).toLongArray(),
        new double[][][] {rows(arrays.get(2)), rows(arrays.get(3))},
        arrays.get(4),
        walk);
  }

  private static NDArray rows(NDManager scope, double[][] rows) {
    double[] all = Stream.of(rows).flatMapToDouble(DoubleStream::of).toArray();
    int length = rows.length == 0 ? 0 : rows[0].length;
    return scope.create(all, new Shape(rows.length, length));
  }

  private static double[][] rows(NDArray array) {
    int count = Math.toIntExact(array.getShape().get(0));
    int length = Math.toIntExact(array.getShape().get(1));
    double[] all = array.toDoubleArray();
    double[][] rows = new double[count][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(all, row * length, (row + 1) * length));
    return rows;
  }
}
