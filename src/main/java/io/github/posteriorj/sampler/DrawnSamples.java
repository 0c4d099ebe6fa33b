package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The samples of a run: passed on as they are drawn, and kept for a run that goes on. */
public final class DrawnSamples implements SampleSink {

  private final Checkpoints checkpoints;
  private final SampleSink sink;
  private final NDManager scope;
  private int count;

  /**
   * No samples yet.
   *
   * @param scope lives as long as the run
   */
  public DrawnSamples(Checkpoints checkpoints, SampleSink sink, NDManager scope) {
    this.checkpoints = checkpoints;
    this.sink = sink;
    this.scope = scope;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  @Override
  public void add(PosteriorSample sample) {
    try (NDManager passing = scope.newSubManager()) {
      NDList arrays =
          new NDList(
              passing.create(sample.image()),
              passing.create(
                  new double[] {
                    sample.chain(), sample.negativeLogLikelihood(), sample.squaredLatent()
                  },
                  new Shape(3)));
      checkpoints.keep(name(count), arrays);
    }
    count++;
    sink.add(sample);
  }

  /** Passes on the first samples of an earlier run. */
  public void repeat(int samples) {
    for (; count < samples; count++) {
      try (NDManager passing = scope.newSubManager()) {
        NDList arrays = checkpoints.keptBefore(name(count), passing);
        double[] numbers = arrays.get(1).toDoubleArray();
        sink.add(
            new PosteriorSample(
                (int) numbers[0], arrays.get(0).toFloatArray(), numbers[1], numbers[2]));
      }
    }
  }

  private static String name(int number) {
    return "sample-" + (number + 1);
  }
}
