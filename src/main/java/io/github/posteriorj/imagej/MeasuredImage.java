package io.github.posteriorj.imagej;

import ij.ImagePlus;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.input.OpenImages;
import io.github.posteriorj.job.MeasuredPlane;
import io.github.posteriorj.restoration.Measurement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the planes that jobs are run on and made of from ImageJ images. */
public final class MeasuredImage {

  private MeasuredImage() {}

  /**
   * The measurement that images are.
   *
   * @param channels a gray plane for each channel
   * @param name what messages call them
   * @param gaps whether values may be missing or not finite, as they are in an image with dead
   *     pixels
   * @throws IllegalArgumentException if there is no image, or it is no measurement; the message
   *     says what to do
   */
  static MeasuredPlane of(List<ImagePlus> channels, String name, boolean gaps) {
    Measurement measurement =
        Measurement.ofChannels(
            channels.stream()
                .map(channel -> InputPlane.readAsItIs(channel, InputPlane.IMAGE))
                .map(Measurement::of)
                .toList());
    if (!gaps) {
      InputPlane.checkValues(name, measurement.values());
    }
    ImagePlus first = channels.get(0);
    return new MeasuredPlane(first.getTitle(), measurement, squarePixelSize(first));
  }

  private static OptionalDouble squarePixelSize(ImagePlus image) {
    return PixelSize.of(image)
        .filter(PixelSize::isSquare)
        .map(size -> OptionalDouble.of(size.width()))
        .orElse(OptionalDouble.empty());
  }

  /**
   * A plane that belongs to an instrument, if one was given.
   *
   * @param image one gray plane; null for none
   * @param key the parameter that names it in macros
   * @throws IllegalArgumentException if it is no such plane; the message says what to do
   */
  public static Optional<NamedPlane> plane(ImagePlus image, String key) {
    return Optional.ofNullable(image)
        .map(
            given ->
                new NamedPlane(
                    given.getTitle(),
                    given.getWidth(),
                    given.getHeight(),
                    Planes.pixels(InputPlane.readAsItIs(given, key))));
  }

  /**
   * The open image with the values of a hash, as {@link NamedPlane#sha256()} gives it; empty if
   * none has them.
   */
  public static Optional<ImagePlus> find(String sha256) {
    return OpenImages.all().stream()
        .filter(InputPlane::isGray)
        .filter(image -> plane(image, InputPlane.IMAGE).orElseThrow().sha256().equals(sha256))
        .findFirst();
  }
}
