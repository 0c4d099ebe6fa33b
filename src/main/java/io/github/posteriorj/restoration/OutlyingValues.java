package io.github.posteriorj.restoration;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Outliers;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.progress.Progress;
import java.util.Optional;

/**
 * The values of a measurement that its instrument cannot have seen as they are ({@link Outliers}).
 *
 * @param places for each value, whether it is one
 * @param count how many are
 */
record OutlyingValues(boolean[] places, int count) {

  /**
   * The outliers of an image.
   *
   * @param listener hears of the progress, and may end it
   */
  static OutlyingValues of(Measurement image, Progress listener) {
    boolean[] places = Outliers.find(image.values(), image.width(), image.rows(), listener);
    int count = 0;
    for (boolean outlying : places) {
      count += outlying ? 1 : 0;
    }
    return new OutlyingValues(places, count);
  }

  /**
   * The outliers of what an operator measures: none where its measurements are no images of the
   * sharp image's pixels. In one of coarser pixels a structure may fill a single one.
   *
   * @param listener hears of the progress, and may end it
   */
  static OutlyingValues of(Measurement measurement, ForwardOperator operator, Progress listener) {
    return showsPixels(measurement.shape(), operator)
        ? of(measurement, listener)
        : new OutlyingValues(new boolean[measurement.values().length], 0);
  }

  private static boolean showsPixels(Shape measured, ForwardOperator operator) {
    if (!isImage(measured, operator)) {
      return false;
    }
    Shape image = operator.inputShape(measured);
    return measured.get(1) == image.get(1) && measured.get(2) == image.get(2);
  }

  /** Whether an operator's measurements look like images: gray ones, or of the image's channels. */
  static boolean isImage(Shape measured, ForwardOperator operator) {
    return measured.dimension() == 3
        && !isMagnitude(operator)
        && (measured.get(0) == 1 || measured.get(0) == operator.inputShape(measured).get(0));
  }

  /** Whether an operator's measurements are Fourier magnitudes, which look like no image. */
  private static boolean isMagnitude(ForwardOperator operator) {
    return operator instanceof FourierMagnitude
        || operator instanceof Composition composition
            && composition.operators().stream().anyMatch(OutlyingValues::isMagnitude);
  }

  /** The measurement without them. */
  Measurement hiddenIn(Measurement measurement) {
    return count == 0 ? measurement : measurement.without(places);
  }

  /** The measurement as it is to be believed. */
  Measurement treated(Measurement measurement, OutlierTreatment treatment) {
    return switch (treatment) {
      case KEEP -> measurement;
      case HIDE -> hiddenIn(measurement);
    };
  }

  /** What people should know of them; empty if there are none. */
  Optional<String> warning(OutlierTreatment treatment) {
    if (count == 0) {
      return Optional.empty();
    }
    String found =
        (count == 1
                ? "1 pixel stands out of its surroundings alone"
                : count + " pixels stand out of their surroundings alone")
            + ", as hot or dead pixels do. ";
    return Optional.of(
        found
            + switch (treatment) {
              case KEEP ->
                  "The intensity range leaves out what they say, but the samples believe them. To"
                      + " hide them, write outliers=hide.";
              case HIDE -> "They count as not observed. To believe them, write outliers=keep.";
            });
  }
}
