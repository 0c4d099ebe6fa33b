package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The posterior in noise space: U(z) = |z|^2 / 2 + L_y(Phi(z)), with z of unit noise.
 *
 * <p>Source: the negative logarithm of p(z given y), where z ~ N(0, I), x = Phi(z) and L_y(x) is
 * the negative log-likelihood of the measurement y.
 *
 * <p>Every evaluation runs in a memory scope of its own: nothing stays on the device after it.
 */
public final class Posterior implements Potential {

  /**
   * Pixels that go through the network at once on a CPU. More would not be faster there, and the
   * memory for a gradient grows with them.
   */
  private static final long CPU_PIXELS = 1 << 17;

  /** The same on a GPU, which needs larger batches to be busy. */
  private static final long GPU_PIXELS = 1 << 21;

  private final CroppedPrior prior;
  private final ForwardOperator operator;
  private final Likelihood likelihood;
  private final float[] measurement;
  private final Shape measurementShape;
  private final Supplier<NDManager> scopes;
  private final boolean onGpu;
  private final Optional<Starts> starts;

  /**
   * Conditions a prior on a measurement.
   *
   * @param prior Phi, for images of the size that the operator takes
   * @param operator A
   * @param likelihood the noise of the measurement
   * @param measurement y, in its own units, in the order of the operator's output shape
   * @param scopes gives a fresh memory scope on the device of the prior
   * @throws IllegalArgumentException if the measurement has not the size of the operator's output
   */
  public Posterior(
      CroppedPrior prior,
      ForwardOperator operator,
      Likelihood likelihood,
      float[] measurement,
      Supplier<NDManager> scopes) {
    this(prior, operator, likelihood, measurement, scopes, Optional.empty());
  }

  private Posterior(
      CroppedPrior prior,
      ForwardOperator operator,
      Likelihood likelihood,
      float[] measurement,
      Supplier<NDManager> scopes,
      Optional<Starts> starts) {
    this.starts = starts;
    this.prior = prior;
    this.operator = operator;
    this.likelihood = likelihood;
    this.measurement = measurement.clone();
    this.measurementShape = operator.outputShape(prior.imageShape());
    this.scopes = scopes;
    try (NDManager scope = scopes.get()) {
      this.onGpu = scope.getDevice().isGpu();
    }
    if (measurementShape.size() != measurement.length) {
      throw new IllegalArgumentException(
          "The measurement has "
              + measurement.length
              + " values, but the forward operator predicts "
              + measurementShape.size()
              + ".");
    }
  }

  /** The same, with a way to draw states near it. */
  public Posterior withStarts(Starts other) {
    return new Posterior(prior, operator, likelihood, measurement, scopes, Optional.of(other));
  }

  /** A way to draw states near it, if there is one. */
  Optional<Starts> starts() {
    return starts;
  }

  @Override
  public int dimension() {
    return Math.toIntExact(prior.latentShape().size());
  }

  @Override
  public Evaluation evaluate(float[][] states) {
    return tempered(1).evaluate(states);
  }

  /** A fresh memory scope on the device of the prior. */
  NDManager newScope() {
    return scopes.get();
  }

  /**
   * The likelihood's share of the potential alone, L_y(Phi(z)): what the paper's warm start
   * descends.
   */
  public Potential likelihoodOnly() {
    // The prior term of a state around itself, and its gradient, are zero.
    return potential(states -> evaluate(states, states, repeated(measurement, states.length), 1));
  }

  /** The potential with a likelihood that counts less, |z|^2 / 2 + w L_y(Phi(z)). */
  Potential tempered(double weight) {
    float[] origin = new float[dimension()];
    return potential(
        states ->
            evaluate(
                states,
                repeated(origin, states.length),
                repeated(measurement, states.length),
                weight));
  }

  /**
   * The potentials that randomise-then-optimise descends, |z - z0|^2 / 2 + w L_{y'}(Phi(z)), with
   * its own prior draw z0 and its own measurement y' = y + fresh noise for each chain; the
   * likelihood's weight w is 1 in the end, and smaller on the way there. The forward operator is
   * relaxed ({@link ForwardOperator#relaxed}).
   *
   * @param centres z0, [chains][dimension]
   * @param random each chain's source of noise for its y', drawn from here and now
   * @return the potential of a given weight w
   */
  DoubleFunction<Potential> perturbed(float[][] centres, RandomStream[] random) {
    float[][] measurements =
        Arrays.stream(random)
            .map(stream -> likelihood.perturb(measurement, stream))
            .toArray(float[][]::new);
    Posterior descent = atPerturbed(operator.relaxed(measurement));
    return weight -> potential(states -> descent.evaluate(states, centres, measurements, weight));
  }

  private Posterior atPerturbed(ForwardOperator seen) {
    return new Posterior(prior, seen, likelihood.ofPerturbed(), measurement, scopes);
  }

  /**
   * Scores of measurements as the states themselves predict them: grad_z L_{y'}(Phi(z)) with y'
   * drawn from p(y given Phi(z)). The mean of their outer products is the Fisher information of z.
   *
   * @param states [chains][dimension]
   * @param predictions A(Phi(z)) of each state, from {@link #predictions}
   * @param random each chain's source of noise
   * @return one score a chain, [chains][dimension]
   */
  float[][] simulatedScores(float[][] states, float[][] predictions, RandomStream[] random) {
    float[][] measurements = new float[states.length][];
    for (int chain = 0; chain < states.length; chain++) {
      measurements[chain] = likelihood.replicate(predictions[chain], random[chain]);
    }
    // The prior term of a state around itself, and its gradient, are zero.
    return atPerturbed(operator).evaluate(states, states, measurements, 1).gradient();
  }

  /**
   * What the operator makes of images.
   *
   * @param images x, [chains][pixels]
   * @return A(x), [chains][values]
   */
  float[][] predictions(float[][] images) {
    float[][] predictions = new float[images.length][];
    for (int chain = 0; chain < images.length; chain++) {
      try (NDManager scope = scopes.get()) {
        NDArray x = batch(scope, images, chain, chain + 1, prior.imageShape());
        predictions[chain] = operator.apply(x).toFloatArray();
      }
    }
    return predictions;
  }

  private Potential potential(Function<float[][], Evaluation> evaluation) {
    return new Potential() {
      @Override
      public int dimension() {
        return Posterior.this.dimension();
      }

      @Override
      public Evaluation evaluate(float[][] states) {
        return evaluation.apply(states);
      }
    };
  }

  private Evaluation evaluate(
      float[][] states, float[][] centres, float[][] measurements, double weight) {
    int chains = states.length;
    Evaluation all =
        new Evaluation(
            new double[chains], new float[chains][], new double[chains], new float[chains][]);
    int batch = chainsAtOnce(prior.latentShape(), chains, onGpu);
    for (int first = 0; first < chains; first += batch) {
      evaluateBatch(
          states, centres, measurements, weight, first, Math.min(chains, first + batch), all);
    }
    return all;
  }

  /**
   * Chains that go through the network at once.
   *
   * @param noise the size of one chain's noise, [C, H, W]
   * @param chains chains that are evaluated together
   * @param onGpu whether the network runs on a GPU
   */
  public static int chainsAtOnce(Shape noise, int chains, boolean onGpu) {
    return Math.toIntExact(Math.min(chains, batchSize(noise, onGpu)));
  }

  private static long batchSize(Shape noise, boolean onGpu) {
    return Math.max(1, (onGpu ? GPU_PIXELS : CPU_PIXELS) / noise.size());
  }

  private void evaluateBatch(
      float[][] states,
      float[][] centres,
      float[][] measurements,
      double weight,
      int first,
      int end,
      Evaluation all) {
    try (NDManager scope = scopes.get()) {
      NDArray z = batch(scope, states, first, end, prior.latentShape());
      NDArray y = batch(scope, measurements, first, end, measurementShape);
      ThroughImages result =
          prior.gradient(image -> likelihood.negativeLog(operator.apply(image), y), z);
      float[] misfits = result.value().toFloatArray();
      float[] gradients = result.gradient().toFloatArray();
      float[] images = result.image().toFloatArray();
      int pixels = images.length / (end - first);
      for (int chain = first; chain < end; chain++) {
        int row = chain - first;
        float[] gradient =
            Arrays.copyOfRange(gradients, row * dimension(), (row + 1) * dimension());
        double prior = addPriorTerm(states[chain], centres[chain], weight, gradient);
        all.gradient()[chain] = gradient;
        all.negativeLogLikelihood()[chain] = misfits[row];
        all.potential()[chain] = prior + weight * misfits[row];
        all.image()[chain] = Arrays.copyOfRange(images, row * pixels, (row + 1) * pixels);
      }
    }
  }

  /**
   * Turns the likelihood's gradient into that of |z - centre|^2 / 2 + w L; returns the first term.
   */
  private static double addPriorTerm(float[] z, float[] centre, double weight, float[] gradient) {
    double squares = 0;
    for (int i = 0; i < z.length; i++) {
      float difference = z[i] - centre[i];
      gradient[i] = (float) (difference + weight * gradient[i]);
      squares += (double) difference * difference;
    }
    return squares / 2;
  }

  private static NDArray batch(NDManager scope, float[][] rows, int first, int end, Shape shape) {
    float[][] members = Arrays.copyOfRange(rows, first, end);
    return DeviceArrays.copyOf(scope, members, new Shape(members.length).addAll(shape));
  }

  private static float[][] repeated(float[] row, int times) {
    float[][] rows = new float[times][];
    Arrays.fill(rows, row);
    return rows;
  }
}
