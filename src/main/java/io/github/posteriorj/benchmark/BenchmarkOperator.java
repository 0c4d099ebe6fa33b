package io.github.posteriorj.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Instrument;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.job.NetworkBlurring;
import io.github.posteriorj.job.NetworkChoice;
import io.github.posteriorj.job.NetworkOutput;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.job.Scene;
import io.github.posteriorj.likelihood.CrossEntropyLikelihood;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.NoiseLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.UnknownGaussianNoise;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.Optional;

/**
 * An instrument that measures the truths: by a linear or nonlinear operator with white Gaussian
 * noise, or by a network that labels an image or its pixels, with labels drawn by the probabilities
 * that the network gives them.
 *
 * @param name what it is called in tables
 * @param model the instrument, for images of intensities from -1 to 1
 * @param noise standard deviation of its white Gaussian noise, above 0; 0.1 in the papers; empty
 *     where there are labels
 * @param judge a second network of the same outputs, which no method sees, if the measurement is a
 *     network's: whether samples agree with the measurement, or have only fooled the network
 */
public record BenchmarkOperator(
    String name, ForwardModel model, Optional<Double> noise, Optional<NetworkChoice> judge) {

  /** Streams of random numbers apart from the chains', which count from 0. */
  private static final long NOISE_STREAM = -6;

  /** An instrument is made with its measurement, which is simulated by it here: any label does. */
  private static final int ANY_LABEL = 0;

  /**
   * Checks the noise and the judge.
   *
   * @throws IllegalArgumentException if the noise is not above 0, or not finite, or there is a
   *     judge without a network to judge
   */
  public BenchmarkOperator {
    noise.ifPresent(
        deviation -> {
          if (!(deviation > 0) || !Double.isFinite(deviation)) {
            throw new IllegalArgumentException(
                "noise must be above 0, not %s; 0.1 is the papers', of a range from -1 to 1."
                    .formatted(deviation));
          }
        });
    if (judge.isPresent() && network(model).isEmpty()) {
      throw new IllegalArgumentException(
          "The operator \"%s\" is no network, so that judge has no effect. Leave it out."
              .formatted(name));
    }
  }

  private static Optional<NetworkChoice> network(ForwardModel model) {
    if (model instanceof NetworkOutput output) {
      return Optional.of(output.network());
    }
    return model instanceof NetworkBlurring blur ? Optional.of(blur.network()) : Optional.empty();
  }

  /** The network that it measures by, if it does. */
  Optional<NetworkChoice> network() {
    return network(model);
  }

  /** What is known of the noise, where the instrument has none of its own. */
  NoiseModel noiseModel() {
    return noise.<NoiseModel>map(GaussianNoise::new).orElseGet(UnknownGaussianNoise::new);
  }

  /** The instrument for the images of a benchmark. */
  ForwardModel modelFor(Truth truth) {
    return model instanceof NetworkOutput network
        ? network.ofSize(truth.plane().width(), truth.plane().height())
        : model;
  }

  private ForwardModel simulating(Truth truth) {
    return modelFor(truth) instanceof NetworkOutput network ? network.asking(ANY_LABEL) : model;
  }

  /**
   * Simulates a measurement.
   *
   * @param seed the seed of the noise, and of what is random in the instrument
   * @return what was measured; labels as a plane of them
   * @throws IllegalArgumentException if the instrument does not fit the image, its output has no
   *     noise that could be drawn, or its noise is missing or given in vain
   * @throws IOException if a file that it needs cannot be read
   */
  MeasuredPlane measure(Truth truth, ComputeDevice device, Resources resources, long seed)
      throws IOException {
    Scene scene = scene(truth.asMeasured(), device, resources, seed);
    try (Instrument instrument = simulating(truth).instrument(scene);
        NDManager scope = device.newScope()) {
      NoiseLikelihood drawn = drawn(instrument);
      ForwardOperator operator = instrument.operator();
      Shape measured = operator.outputShape(truth.shape());
      NDArray x = DeviceArrays.copyOf(scope, truth.values(), new Shape(1).addAll(truth.shape()));
      float[] values =
          drawn.simulate(operator.apply(x).toFloatArray(), RandomStream.of(seed, NOISE_STREAM));
      return MeasuredPlane.of(
          truth.name(),
          drawn instanceof CrossEntropyLikelihood labelling
              ? plane(labelling.labels(values), measured)
              : new Measurement(values, measured));
    }
  }

  /**
   * The instrument with what it has measured.
   *
   * @param measured as {@link #measure} gives it
   * @throws IOException if a file that it needs cannot be read
   */
  Instrument instrument(
      Truth truth, MeasuredPlane measured, ComputeDevice device, Resources resources, long seed)
      throws IOException {
    return modelFor(truth).instrument(scene(measured, device, resources, seed));
  }

  /**
   * Opens the judge, if it may run.
   *
   * @throws IOException if it cannot be read
   */
  NetworkOperator openJudge(Truth truth, ComputeDevice device, Resources resources)
      throws IOException {
    return judge.orElseThrow().open(resources, device, 0, truth.shape()).operator();
  }

  /**
   * Looks whether the judge, if there is one, can be used.
   *
   * @throws IllegalArgumentException if it may not run, or its outputs are others than the
   *     instrument's
   * @throws IOException if it cannot be read
   */
  void checkJudge(Truth truth, Instrument instrument, ComputeDevice device, Resources resources)
      throws IOException {
    if (judge.isEmpty()) {
      return;
    }
    try (NetworkOperator opened = openJudge(truth, device, resources)) {
      Shape expected = instrument.operator().outputShape(truth.shape());
      Shape found = opened.outputShape(truth.shape());
      if (!found.equals(expected)) {
        throw new IllegalArgumentException(
            "The judge of the operator \"%s\" has outputs of another shape, %s instead of %s. Give a network of the same outputs."
                .formatted(name, found, expected));
      }
    }
  }

  private static Scene scene(
      MeasuredPlane plane, ComputeDevice device, Resources resources, long seed) {
    return new Scene(plane, Optional.empty(), 0, Optional.of(Truth.RANGE), seed, device, resources);
  }

  private NoiseLikelihood drawn(Instrument instrument) {
    if (instrument.noise().isEmpty()) {
      return new GaussianLikelihood(
          noise.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The operator \"%s\" has no noise: give the standard deviation, such as noise: 0.1."
                          .formatted(name))));
    }
    if (!(instrument.noise().get().likelihood(instrument.measurement())
        instanceof NoiseLikelihood labelling)) {
      throw new IllegalArgumentException(
          "The operator \"%s\" has a loss in the place of noise, so that nothing can be measured by it. Use loss: squared error, or cross-entropy."
              .formatted(name));
    }
    if (noise.isPresent()) {
      throw new IllegalArgumentException(
          "The operator \"%s\" draws labels by the probabilities that its network gives them, so that noise has no effect. Leave it out."
              .formatted(name));
    }
    return labelling;
  }

  private static Measurement plane(float[] labels, Shape logits) {
    return new Measurement(
        labels,
        logits.dimension() == 3
            ? new Shape(1, logits.get(1), logits.get(2))
            : new Shape(1, 1, labels.length));
  }
}
