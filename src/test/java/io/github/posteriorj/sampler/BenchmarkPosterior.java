package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;

/**
 * The posteriors on which samplers are compared: some pixels of the nuclei image in the model's
 * range, Gaussian noise of 0.1.
 *
 * @param name what was measured
 * @param truth the sharp image
 * @param posterior of the measurement
 */
record BenchmarkPosterior(String name, float[] truth, Posterior posterior) {

  private static final long MIDDLE = 64;
  private static final double NOISE = 0.1;
  private static final double VISIBLE = 0.2;

  /** Gaussian blur of 2 pixels. */
  static BenchmarkPosterior deblurring(ConsistencyModel model, int size) {
    return of("deblurring, sigma 2", new GaussianBlur(2), model, size);
  }

  /** 20 % of the pixels, drawn evenly. */
  static BenchmarkPosterior inpainting(ConsistencyModel model, int size) {
    return of(
        "inpainting, 20 % visible",
        PixelMask.random(size, size, VISIBLE, RandomStream.of(5, 0)), model, size);
  }

  private static BenchmarkPosterior of(
      String name, ForwardOperator operator, ConsistencyModel model, int size) {
    float[] truth = nuclei(size);
    Shape shape = new Shape(1, size, size);
    float[] prediction;
    try (NDManager scope = model.newScope()) {
      prediction =
          operator
              .apply(DeviceArrays.copyOf(scope, truth, new Shape(1).addAll(shape)))
              .toFloatArray();
    }
    GaussianLikelihood likelihood = new GaussianLikelihood(NOISE);
    float[] y = likelihood.simulate(prediction, RandomStream.of(11, 0));
    return new BenchmarkPosterior(
        "%s, %d x %d".formatted(name, size, size),
        truth,
        new Posterior(
            new CroppedPrior(model.oneStep(), shape), operator, likelihood, y, model::newScope));
  }

  /** The middle of the nuclei image, its range mapped to that of the model. */
  private static float[] nuclei(int size) {
    long corner = MIDDLE - size / 2;
    float[] truth = TestImages.part(TestImages.open("nuclei"), corner, corner, size, size);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : truth) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (int i = 0; i < truth.length; i++) {
      truth[i] = 2 * (truth[i] - low) / (high - low) - 1;
    }
    return truth;
  }
}
