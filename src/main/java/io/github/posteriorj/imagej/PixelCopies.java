package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.util.ArrayList;
import java.util.List;

/** Copies of an image's pixels as numbers. */
final class PixelCopies {

  private static final int COLOURS = 3;

  private PixelCopies() {}

  /**
   * The pixels of a plane: one array in calibrated units, or those of red, green and blue.
   *
   * @param image the image that the plane is of, with its intensity calibration
   * @param plane one of its planes
   */
  static List<float[]> of(ImagePlus image, ImageProcessor plane) {
    if (plane instanceof ColorProcessor) {
      List<float[]> colours = new ArrayList<>();
      for (int colour = 0; colour < COLOURS; colour++) {
        colours.add((float[]) plane.toFloat(colour, null).getPixels());
      }
      return colours;
    }
    plane.setCalibrationTable(image.getCalibration().getCTable());
    return List.of((float[]) plane.convertToFloatProcessor().getPixelsCopy());
  }

  /** Planes of one size, one after the other. */
  static float[] joined(List<float[]> planes) {
    int pixels = planes.get(0).length;
    float[] joined = new float[planes.size() * pixels];
    for (int plane = 0; plane < planes.size(); plane++) {
      System.arraycopy(planes.get(plane), 0, joined, plane * pixels, pixels);
    }
    return joined;
  }
}
