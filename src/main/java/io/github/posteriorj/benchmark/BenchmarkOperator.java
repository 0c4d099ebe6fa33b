package io.github.posteriorj.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Instrument;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.job.Scene;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.Optional;

/**
 * An instrument that measures the truths.
 *
 * @param name what it is called in tables
 * @param model the instrument, for images of intensities from -1 to 1
 * @param noise standard deviation of its white Gaussian noise, above 0; 0.1 in the papers
 */
public record BenchmarkOperator(String name, ForwardModel model, double noise) {

  /** Streams of random numbers apart from the chains', which count from 0. */
  private static final long NOISE_STREAM = -6;

  /**
   * Checks the noise.
   *
   * @throws IllegalArgumentException if it is not above 0, or not finite
   */
  public BenchmarkOperator {
    if (!(noise > 0) || !Double.isFinite(noise)) {
      throw new IllegalArgumentException(
          "noise must be above 0, not %s; 0.1 is the papers', of a range from -1 to 1."
              .formatted(noise));
    }
  }

  /**
   * Simulates a measurement.
   *
   * @param seed the seed of the noise, and of what is random in the instrument
   * @throws IllegalArgumentException if the instrument does not fit the image, or its output has no
   *     noise that could be drawn
   * @throws IOException if a file that it needs cannot be read
   */
  MeasuredPlane measure(Truth truth, ComputeDevice device, Resources resources, long seed)
      throws IOException {
    Scene scene =
        new Scene(
            truth.asMeasured(),
            Optional.empty(),
            0,
            Optional.of(Truth.RANGE),
            seed,
            device,
            resources);
    try (Instrument instrument = model.instrument(scene);
        NDManager scope = device.newScope()) {
      if (instrument.noise().isPresent()) {
        throw new IllegalArgumentException(
            "The operator \"%s\" has a loss in the place of noise, so that nothing can be measured by it. Use loss: squared error."
                .formatted(name));
      }
      ForwardOperator operator = instrument.operator();
      Shape measured = operator.outputShape(truth.shape());
      NDArray x = DeviceArrays.copyOf(scope, truth.values(), new Shape(1).addAll(truth.shape()));
      float[] values =
          new GaussianLikelihood(noise)
              .simulate(operator.apply(x).toFloatArray(), RandomStream.of(seed, NOISE_STREAM));
      return MeasuredPlane.of(truth.name(), new Measurement(values, measured));
    }
  }
}
