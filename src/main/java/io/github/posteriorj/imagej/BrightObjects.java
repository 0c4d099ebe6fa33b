package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.ParticleAnalyzer;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.util.Arrays;

/**
 * The bright objects of an image: connected pixels, corners included, as Analyze > Analyze
 * Particles... counts them.
 *
 * @param threshold the least intensity of their pixels
 * @param above for each pixel, whether it is as bright
 * @param areas of the objects, in calibrated units
 */
public record BrightObjects(double threshold, boolean[] above, double[] areas) {

  private static final int OBJECT = 255;

  /**
   * Finds the objects of an image.
   *
   * @param image whose intensities are judged
   * @param rule the threshold
   * @param smallest pixels of the smallest object that counts
   * @param atBorder whether objects count that touch the border
   * @param calibration pixel size
   */
  public static BrightObjects of(
      FloatProcessor image,
      ThresholdRule rule,
      double smallest,
      boolean atBorder,
      Calibration calibration) {
    double threshold = rule.of(image);
    boolean[] above = new boolean[image.getPixelCount()];
    byte[] mask = new byte[above.length];
    for (int i = 0; i < above.length; i++) {
      above[i] = image.getf(i) >= threshold;
      mask[i] = (byte) (above[i] ? OBJECT : 0);
    }
    ByteProcessor objects = new ByteProcessor(image.getWidth(), image.getHeight(), mask);
    objects.setThreshold(OBJECT, OBJECT, ImageProcessor.NO_LUT_UPDATE);
    ImagePlus shown = new ImagePlus("objects", objects);
    shown.setCalibration(calibration);
    ResultsTable table = new ResultsTable();
    new ParticleAnalyzer(
            atBorder ? 0 : ParticleAnalyzer.EXCLUDE_EDGE_PARTICLES,
            Measurements.AREA,
            table,
            smallest,
            Double.POSITIVE_INFINITY)
        .analyze(shown, objects);
    return new BrightObjects(
        threshold, above, table.size() == 0 ? new double[0] : table.getColumnAsDoubles(0));
  }

  /** The sum of their areas. */
  public double totalArea() {
    return Arrays.stream(areas).sum();
  }

  /** The mean of their areas; NaN if there are none. */
  public double meanArea() {
    return areas.length == 0 ? Double.NaN : totalArea() / areas.length;
  }
}
