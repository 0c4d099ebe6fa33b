package io.github.posteriorj.imagej;

import ij.process.AutoThresholder;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.util.Arrays;
import java.util.List;

/** How bright a pixel has to be to belong to an object. */
@FunctionalInterface
public interface ThresholdRule {

  /** The label of a threshold that is given, where methods are chosen. */
  String FIXED = "fixed";

  /** The least intensity of an image's objects. */
  double of(FloatProcessor image);

  /** The same threshold for all images. */
  static ThresholdRule fixed(double threshold) {
    return image -> threshold;
  }

  /**
   * A method of Image > Adjust > Threshold..., for bright objects, on each image alone: its
   * intensities in 256 classes from its lowest value to its highest one.
   *
   * @param name as ImageJ calls it
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  static ThresholdRule method(String name) {
    if (!methods().contains(name)) {
      throw new IllegalArgumentException(
          "There is no threshold method \"%s\". Use %s, or one of: %s."
              .formatted(name, FIXED, String.join(", ", methods())));
    }
    AutoThresholder.Method method = AutoThresholder.Method.valueOf(name);
    return image -> {
      image.resetMinAndMax();
      image.setAutoThreshold(method, true, ImageProcessor.NO_LUT_UPDATE);
      return image.getMinThreshold();
    };
  }

  /** The names of ImageJ's methods. */
  static List<String> methods() {
    return Arrays.asList(AutoThresholder.getMethods());
  }
}
