package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a run of {@link PosteriorSampler} is between two transitions: with the scores and the
 * samples that were drawn, all that it takes to go on to the bit.
 *
 * @param counts what was done
 * @param positions of the streams of random numbers, one for each chain
 * @param starts where the chains set out from, in their coordinates: those of the noise before
 *     others are learnt
 * @param walk how far they have come, if they have set out
 */
record ChainCheckpoint(
    Counts counts, long[] positions, ChainState[] starts, Optional<ChainEnsemble.State> walk) {

  private static final String NAME = "chains";
  private static final int ARRAYS_BEFORE_CHAINS = 3;

  /** Numbers of an ensemble's state before those of its tuning. */
  private static final int NUMBERS_BEFORE_TUNING = 4;

  /**
   * What was done.
   *
   * @param transitions of each chain
   * @param evaluations of the potential, each of all chains
   * @param samples that were drawn
   * @param scores that were drawn
   * @param learnt how many of them the chains' coordinates were learnt from
   */
  record Counts(int transitions, long evaluations, int samples, int scores, int learnt) {

    private long[] numbers() {
      return new long[] {transitions, evaluations, samples, scores, learnt};
    }

    private static Counts of(long[] numbers) {
      return new Counts(
          (int) numbers[0], numbers[1], (int) numbers[2], (int) numbers[3], (int) numbers[4]);
    }
  }

  /** Keeps this in the place of what was kept before. */
  void keep(Checkpoints checkpoints, NDManager scope) {
    try (NDManager passing = scope.newSubManager()) {
      NDList arrays =
          new NDList(
              passing.create(counts.numbers()),
              passing.create(positions),
              passing.create(walk.map(ChainCheckpoint::numbers).orElse(new double[0])));
      Stream<ChainState> places = walk.stream().flatMap(on -> Stream.of(on.places()));
      Stream.concat(Stream.of(starts), places)
          .forEach(place -> arrays.addAll(place.toArrays(passing)));
      checkpoints.keep(NAME, arrays);
    }
  }

  /** What a run has kept, if it has. */
  static Optional<ChainCheckpoint> kept(Checkpoints checkpoints, NDManager scope) {
    try (NDManager passing = scope.newSubManager()) {
      return checkpoints.kept(NAME, passing).map(ChainCheckpoint::of);
    }
  }

  private static ChainCheckpoint of(NDList arrays) {
    long[] positions = arrays.get(1).toLongArray();
    double[] numbers = arrays.get(2).toDoubleArray();
    int chains = positions.length;
    return new ChainCheckpoint(
        Counts.of(arrays.get(0).toLongArray()),
        positions,
        chains(arrays, 0, chains),
        numbers.length == 0
            ? Optional.empty()
            : Optional.of(state(numbers, chains(arrays, chains, chains))));
  }

  private static ChainState[] chains(List<NDArray> arrays, int first, int count) {
    return IntStream.range(first, first + count)
        .map(number -> ARRAYS_BEFORE_CHAINS + ChainState.ARRAYS * number)
        .mapToObj(from -> ChainState.of(arrays.subList(from, from + ChainState.ARRAYS)))
        .toArray(ChainState[]::new);
  }

  private static double[] numbers(ChainEnsemble.State state) {
    DoubleStream own =
        DoubleStream.of(state.stepSize(), state.halvings(), state.acceptanceSum(), state.moves());
    DoubleStream ofTuning =
        state.tuning().stream().flatMapToDouble(tuning -> DoubleStream.of(tuning.numbers()));
    return DoubleStream.concat(own, ofTuning).toArray();
  }

  private static ChainEnsemble.State state(double[] numbers, ChainState[] places) {
    double[] ofTuning = DoubleStream.of(numbers).skip(NUMBERS_BEFORE_TUNING).toArray();
    return new ChainEnsemble.State(
        places,
        numbers[0],
        (int) numbers[1],
        numbers[2],
        (long) numbers[3],
        ofTuning.length == 0 ? Optional.empty() : Optional.of(DualAveraging.of(ofTuning)));
  }
}
