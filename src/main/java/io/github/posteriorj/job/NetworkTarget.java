package io.github.posteriorj.job;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.CrossEntropyLikelihood;
import io.github.posteriorj.likelihood.DirectionLikelihood;
import io.github.posteriorj.likelihood.EnergyLikelihood;
import io.github.posteriorj.restoration.GivenLikelihood;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a network's output is compared with, and by which loss.
 *
 * @param loss what they are compared by
 * @param label the class to ask for, or a negative number for those of an image
 * @param weight how much the loss counts, where it has no noise
 * @param output the shape of the network's output for one image
 */
public record NetworkTarget(NetworkLoss loss, int label, double weight, Shape output) {

  /**
   * The likelihood, or empty where it is the noise's.
   *
   * @throws IllegalArgumentException if the output does not suit the loss
   */
  public Optional<NoiseModel> noiseModel() {
    return switch (loss) {
      case CROSS_ENTROPY -> Optional.of(new GivenLikelihood(labels()));
      case COSINE -> Optional.of(new GivenLikelihood(new DirectionLikelihood(weight)));
      case OWN_SCALAR -> Optional.of(new GivenLikelihood(new EnergyLikelihood(weight)));
      case SQUARED_ERROR -> Optional.empty();
    };
  }

  private CrossEntropyLikelihood labels() {
    if (output.dimension() == 0) {
      throw new IllegalArgumentException(
          "Cross-entropy needs logits of classes, but the network returns one number for an"
              + " image. Choose loss=[own scalar] or [squared error], or a network of logits.");
    }
    return new CrossEntropyLikelihood(Math.toIntExact(output.get(0)));
  }

  /**
   * The measurement in the shape of the network's output.
   *
   * @param image the values of the image that was given, if one was
   * @throws IllegalArgumentException if the target is missing, is outside the classes, or has
   *     another number of values than the output
   */
  public Measurement measurement(Optional<Measurement> image) {
    return switch (loss) {
      case CROSS_ENTROPY -> new Measurement(labels().oneHot(labels(image)), output);
      case OWN_SCALAR -> new Measurement(new float[Math.toIntExact(output.size())], output);
      case COSINE -> new Measurement(fitting(given(image), output.size()), output);
      case SQUARED_ERROR -> given(image);
    };
  }

  private float[] labels(Optional<Measurement> image) {
    long positions = output.size() / output.get(0);
    if (label < 0) {
      return fitting(given(image), positions);
    }
    float[] labels = new float[Math.toIntExact(positions)];
    Arrays.fill(labels, label);
    return labels;
  }

  private static Measurement given(Optional<Measurement> image) {
    return image.orElseThrow(
        () ->
            new IllegalArgumentException(
                "There is no image to compare the network's output with. Open it first, and name it"
                    + " in image=[...]."));
  }

  private float[] fitting(Measurement target, long values) {
    if (target.values().length != values) {
      throw new IllegalArgumentException(
          ("The image has %d pixels, but the network's output of the shape %s asks for %d. Give an"
                  + " image of that many pixels, such as Simulate Network Operator makes with the"
                  + " same network and loss, or set width and height of the images to draw.")
              .formatted(target.values().length, output, values));
    }
    return target.values();
  }
}
