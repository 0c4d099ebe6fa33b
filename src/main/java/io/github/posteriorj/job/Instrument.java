package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.PatternIllumination;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An instrument with the measurement that it made.
 *
 * @param model what it was made of, with the hashes of the files that it opened
 * @param operator from the sharp image to the measurement, both in the measurement's units
 * @param measurement what was observed: NaN where a value is not to be believed
 * @param noise the noise, if it belongs to the instrument, as a network's loss does
 * @param range the intensities of the sharp image, if they are known
 * @param network what has to be closed in the end
 */
public record Instrument(
    ForwardModel model,
    ForwardOperator operator,
    Measurement measurement,
    Optional<NoiseModel> noise,
    Optional<IntensityRange> range,
    Runnable network)
    implements AutoCloseable {

  /** An operator whose measurement is the plane as it is. */
  static Instrument of(ForwardModel model, ForwardOperator operator, Scene scene) {
    return of(model, operator, scene.plane().measurement(), scene);
  }

  /** An operator that has seen some of the plane, or in another way. */
  static Instrument of(
      ForwardModel model, ForwardOperator operator, Measurement observed, Scene scene) {
    return new Instrument(model, operator, observed, Optional.empty(), scene.range(), () -> {});
  }

  /** The same instrument behind uneven light and before a constant background. */
  Instrument lit(Optional<NamedPlane> light, double background) {
    return new Instrument(
        model, lit(operator, light, background), measurement, noise, range, network);
  }

  /**
   * An operator behind uneven light and before a constant background.
   *
   * @param light the pattern by which the sharp image is multiplied, if the light is not even
   * @param background the intensity that is added to the measurement
   * @throws IllegalArgumentException if the pattern is none of light; the message says why
   */
  public static ForwardOperator lit(
      ForwardOperator operator, Optional<NamedPlane> light, double background) {
    List<ForwardOperator> parts = new ArrayList<>();
    light.ifPresent(
        pattern ->
            parts.add(
                new PatternIllumination(pattern.values(), pattern.width(), pattern.height())));
    parts.add(operator);
    if (background != 0) {
      parts.add(new Affine(1, background));
    }
    return parts.size() == 1 ? operator : Composition.of(parts.toArray(ForwardOperator[]::new));
  }

  @Override
  public void close() {
    network.run();
  }
}
