package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ImageSize;

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
    for (int i = 0; i < pixels.length; i++) {
      int row = i / width % height * rows / height;
      int column = i % width * columns / width;
      int region = (i / (width * height) * rows + row) * columns + column;
      sums[region] += pixels[i];
      counts[region]++;
    }
    for (int region = 0; region < sums.length; region++) {
      sums[region] /= counts[region];
    }
    return sums;
  }
}
