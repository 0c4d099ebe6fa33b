package io.github.posteriorj.job;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.Background;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What a network says of an image: an image, labels, a class, a direction, a loss. Unless a range
 * is given, intensities are what the network sees, in [-1, 1].
 *
 * @param network the network
 * @param loss by which its output is compared
 * @param label the class that it shall name, or a negative number for those of the measurement
 * @param weight how much the loss counts, where it has no noise
 * @param jitter standard deviation of noise that is drawn once and added to what the network sees
 * @param width columns of the images to draw, 0 for the measurement's
 * @param height rows of the images to draw, 0 for the measurement's
 * @param channels channels of the images to draw
 */
public record NetworkOutput(
    NetworkChoice network,
    NetworkLoss loss,
    int label,
    double weight,
    double jitter,
    int width,
    int height,
    int channels)
    implements ForwardModel {

  /** Streams of random numbers apart from the chains', which count from 0. */
  private static final long JITTER_STREAM = -5;

  @Override
  public Instrument instrument(Scene scene) throws IOException {
    Shape image = imageShape(scene.plane().measurement());
    IntensityRange range = scene.range().orElseGet(ScaledNetwork::ownRange);
    NetworkChoice.Opened file =
        network.open(scene.resources(), scene.device(), scene.seed(), image);
    NetworkOperator opened = file.operator();
    try {
      NetworkTarget target = new NetworkTarget(loss, label, weight, opened.outputShape(image));
      return new Instrument(
          bound(file.bound()),
          operator(opened, image, range, scene.seed()),
          target.measurement(given(scene.plane().measurement())),
          target.noiseModel(),
          Optional.of(range),
          opened::close);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private ForwardOperator operator(
      NetworkOperator opened, Shape image, IntensityRange range, long seed) {
    ForwardOperator scaled = ScaledNetwork.before(range);
    return jitter == 0
        ? Composition.of(scaled, opened)
        : Composition.of(
            scaled, Background.noise(jitter, image, RandomStream.of(seed, JITTER_STREAM)), opened);
  }

  private static Optional<Measurement> given(Measurement measurement) {
    return measurement.values().length == 0 ? Optional.empty() : Optional.of(measurement);
  }

  private Shape imageShape(Measurement measurement) {
    if (given(measurement).isEmpty() && (width == 0 || height == 0)) {
      throw new IllegalArgumentException(
          "There is no image to take the size from. Give width and height.");
    }
    return new Shape(
        channels,
        height == 0 ? measurement.height() : height,
        width == 0 ? measurement.width() : width);
  }

  private NetworkOutput bound(NetworkChoice file) {
    return new NetworkOutput(file, loss, label, weight, jitter, width, height, channels);
  }

  /** The same network, for images of one size. */
  public NetworkOutput ofSize(int columns, int rows) {
    return new NetworkOutput(network, loss, label, weight, jitter, columns, rows, channels);
  }

  /** The same network, asked for a class. */
  public NetworkOutput asking(int wanted) {
    return new NetworkOutput(network, loss, wanted, weight, jitter, width, height, channels);
  }

  @Override
  public boolean takesGaps() {
    return true;
  }

  /** The image's channels are a parameter. */
  @Override
  public boolean keepsColours() {
    return false;
  }
}
