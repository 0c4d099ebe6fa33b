package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.NoiseLikelihood;
import io.github.posteriorj.metric.RankHistogram;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A truth that was drawn from the prior, a measurement that was simulated from it, and their
 * posterior: one run of simulation-based calibration.
 */
final class SimulatedTruth {

  /** Numbers whose ranks are looked at, beside the regions of an image. */
  static final List<String> FUNCTIONALS =
      List.of(
          "mean intensity",
          "maximum",
          "variance",
          "one pixel",
          "one region's mean",
          "log-likelihood",
          "|z|^2");

  /** Streams far from those of the chains, which are counted from 0. */
  private static final long TRUTH_STREAM = 1L << 40;

  private static final long NOISE_STREAM = TRUTH_STREAM + 1;

  private final Posterior posterior;
  private final int side;
  private final double[] truth;

  private SimulatedTruth(Posterior posterior, int side, double[] truth) {
    this.posterior = posterior;
    this.side = side;
    this.truth = truth;
  }

  /**
   * Draws a truth and its measurement.
   *
   * @param prior Phi, for square images
   * @param seed of the draws
   */
  static SimulatedTruth draw(
      CroppedPrior prior,
      ForwardOperator operator,
      NoiseLikelihood likelihood,
      Supplier<NDManager> scopes,
      long seed) {
    Shape noise = prior.latentShape();
    float[] z = RandomStream.of(seed, TRUTH_STREAM).gaussian(Math.toIntExact(noise.size()));
    float[] y;
    try (NDManager scope = scopes.get()) {
      NDArray image = prior.generate(DeviceArrays.copyOf(scope, z, new Shape(1).addAll(noise)));
      y =
          likelihood.simulate(
              operator.apply(image).toFloatArray(), RandomStream.of(seed, NOISE_STREAM));
    }
    Posterior posterior = new Posterior(prior, operator, likelihood, y, scopes);
    Potential.Evaluation there = posterior.evaluate(new float[][] {z});
    double squaredLatent = 2 * (there.potential()[0] - there.negativeLogLikelihood()[0]);
    PosteriorSample truth =
        new PosteriorSample(0, there.image()[0], there.negativeLogLikelihood()[0], squaredLatent);
    int side = Math.toIntExact(prior.imageShape().get(1));
    return new SimulatedTruth(posterior, side, functionals(truth, side));
  }

  /** Draws from the posterior, and ranks the truth's functionals among the samples'. */
  int[] ranks(SamplerSettings settings) {
    List<double[]> samples = new ArrayList<>();
    new PosteriorSampler(settings)
        .run(posterior, sample -> samples.add(functionals(sample, side)), Progress.NONE);
    int[] ranks = new int[truth.length];
    for (int i = 0; i < ranks.length; i++) {
      int functional = i;
      ranks[i] =
          RankHistogram.rank(
              truth[i], samples.stream().mapToDouble(sample -> sample[functional]).toArray());
    }
    return ranks;
  }

  /** In the order of {@link #FUNCTIONALS}. */
  static double[] functionals(PosteriorSample sample, int side) {
    float[] image = sample.image();
    double sum = 0;
    double squares = 0;
    double maximum = Double.NEGATIVE_INFINITY;
    for (float pixel : image) {
      sum += pixel;
      squares += (double) pixel * pixel;
      maximum = Math.max(maximum, pixel);
    }
    double mean = sum / image.length;
    int quarter = side / 4;
    double region = 0;
    for (int y = quarter; y < 2 * quarter; y++) {
      for (int x = quarter; x < 2 * quarter; x++) {
        region += image[y * side + x];
      }
    }
    double pixel = image[side / 2 * side + side / 2];
    return new double[] {
      mean,
      maximum,
      squares / image.length - mean * mean,
      pixel,
      region,
      -sample.negativeLogLikelihood(),
      sample.squaredLatent()
    };
  }
}
