package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ImageSize;
import java.util.Arrays;

/**
 * Few numbers that tell much of an image: the means of {@value #SIDE} x {@value #SIDE} regions of
 * each channel, fewer where the image has fewer pixels.
 *
 * @param image [C, H, W]
 */
record RegionMeans(Shape image) {

  private static final int SIDE = 8;

  /** The means of an image's regions. */
  double[] of(float[] pixels) {
    ImageSize size = ImageSize.of(image);
    int width = size.width();
    int height = size.height();
    int rows = Math.min(SIDE, height);
    int columns = Math.min(SIDE, width);
    double[] sums = new double[size.channels() * rows * columns];
    int[] counts = new int[sums.length];
    int[] column = new int[width];
    Arrays.setAll(column, x -> x * columns / width);
    for (int line = 0; line < size.channels() * height; line++) {
      int row = line / height * rows + line % height * rows / height;
      for (int x = 0; x < width; x++) {
        int region = row * columns + column[x];
        sums[region] += pixels[line * width + x];
        counts[region]++;
      }
    }
    for (int region = 0; region < sums.length; region++) {
      sums[region] /= counts[region];
    }
    return sums;
  }
}
