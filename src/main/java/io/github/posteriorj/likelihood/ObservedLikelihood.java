package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A likelihood of some of the values: what was not observed, such as hidden, dead or saturated
 * pixels, tells nothing and is not counted.
 */
public final class ObservedLikelihood implements Likelihood {

  private final Likelihood likelihood;
  private final int[] observed;
  private final int values;

  /**
   * Leaves values out.
   *
   * @param likelihood that of the observed values, in their order
   * @param observed for each value of the measurement, whether it was observed
   * @throws IllegalArgumentException if none was
   */
  public ObservedLikelihood(Likelihood likelihood, boolean[] observed) {
    this.likelihood = likelihood;
    this.observed = IntStream.range(0, observed.length).filter(i -> observed[i]).toArray();
    this.values = observed.length;
    if (this.observed.length == 0) {
      throw new IllegalArgumentException(
          "No value of the measurement was observed: nothing is left to restore from.");
    }
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    return likelihood.negativeLog(observed(prediction), observed(y));
  }

  private NDArray observed(NDArray all) {
    NDManager scope = all.getManager();
    long batch = all.getShape().get(0);
    NDArray indices =
        scope
            .create(observed)
            .reshape(1, observed.length)
            .broadcast(new Shape(batch, observed.length));
    return all.reshape(batch, values).gather(indices, 1);
  }

  /** What was not observed stays as it is. */
  @Override
  public float[] perturb(float[] y, RandomStream random) {
    float[] fresh = likelihood.perturb(observed(y), random);
    float[] perturbed = y.clone();
    for (int i = 0; i < observed.length; i++) {
      perturbed[observed[i]] = fresh[i];
    }
    return perturbed;
  }

  @Override
  public Likelihood ofPerturbed() {
    boolean[] mask = new boolean[values];
    for (int index : observed) {
      mask[index] = true;
    }
    return new ObservedLikelihood(likelihood.ofPerturbed(), mask);
  }

  /** What was not observed has none. */
  @Override
  public Optional<NDArray> information(NDArray prediction) {
    return likelihood.information(observed(prediction)).map(some -> spread(some, prediction));
  }

  /** Puts the observed values into their places, and 0 into the others. */
  private NDArray spread(NDArray some, NDArray all) {
    NDManager scope = all.getManager();
    long batch = some.getShape().get(0);
    long[] places = new long[values];
    float[] counted = new float[values];
    for (int i = 0; i < observed.length; i++) {
      places[observed[i]] = i;
      counted[observed[i]] = 1;
    }
    NDArray indices = scope.create(places).reshape(1, values).broadcast(new Shape(batch, values));
    Shape shape = new Shape(batch).addAll(all.getShape().slice(1));
    return some.gather(indices, 1)
        .mul(DeviceArrays.copyOf(scope, counted, new Shape(1, values)))
        .reshape(shape);
  }

  @Override
  public double misfit(float[] prediction, float[] y) {
    return likelihood.misfit(observed(prediction), observed(y));
  }

  @Override
  public String misfitFormula() {
    return likelihood.misfitFormula();
  }

  @Override
  public void check(float[] y) {
    likelihood.check(observed(y));
  }

  @Override
  public String toString() {
    return likelihood + "; " + observed.length + " of " + values + " values observed";
  }

  private float[] observed(float[] all) {
    float[] some = new float[observed.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[observed[i]];
    }
    return some;
  }
}
