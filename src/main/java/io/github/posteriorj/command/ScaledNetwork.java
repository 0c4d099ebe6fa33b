package io.github.posteriorj.command;

import ai.djl.ndarray.types.Shape;
import ij.IJ;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Networks that see images in [-1, 1], as operators on intensities. */
public final class ScaledNetwork {

  private static final double LOW = -1;
  private static final double HIGH = 1;

  private ScaledNetwork() {}

  /** The range that is -1 to 1 itself: intensities are what the network sees. */
  public static IntensityRange ownRange() {
    return new IntensityRange(LOW, HIGH);
  }

  /** Intensities to what a network sees, the ends of the range to -1 and 1. */
  public static Affine before(IntensityRange range) {
    IntensityScale scale = scale(range);
    return new Affine(1 / scale.slope(), -scale.offset() / scale.slope());
  }

  /** A network whose output is an image like its input, from intensities to intensities. */
  public static ForwardOperator imageToImage(ForwardOperator network, IntensityRange range) {
    IntensityScale scale = scale(range);
    return Composition.of(before(range), network, new Affine(scale.slope(), scale.offset()));
  }

  /**
   * Opens a network whose measurements have the size of the images, if it may run.
   *
   * @param name a path, or a file in the folder "models/operators" of ImageJ
   * @param device where the network is to run
   * @param seed the seed of its random code
   * @param consent asked before a network of unknown origin runs
   * @throws IllegalArgumentException if there is no consent; the message says what to do
   * @throws IOException if there is no such network
   */
  public static NetworkOperator open(String name, ComputeDevice device, long seed, Consent consent)
      throws IOException {
    return NetworkOperator.open(permitted(name, consent), device, seed);
  }

  /**
   * The same for a network that gives measurements of another size or kind.
   *
   * @param image [C, H, W], the images behind the measurements
   */
  public static NetworkOperator open(
      String name, ComputeDevice device, long seed, Shape image, Consent consent)
      throws IOException {
    return NetworkOperator.open(permitted(name, consent), device, seed, image);
  }

  private static Path permitted(String name, Consent consent) throws IOException {
    Path file = file(name);
    consent.askFor(file);
    return file;
  }

  private static Path file(String name) {
    Path path = Path.of(name);
    if (Files.exists(path) || IJ.getDirectory("imagej") == null) {
      return path;
    }
    Path operators = Path.of(IJ.getDirectory("imagej"), "models", "operators");
    Path bundled = operators.resolve(name.replaceFirst("\\.pt$", "")).resolve(name);
    return Files.exists(bundled) ? bundled : path;
  }

  private static IntensityScale scale(IntensityRange range) {
    return new IntensityScale(range.black(), range.white(), LOW, HIGH);
  }
}
