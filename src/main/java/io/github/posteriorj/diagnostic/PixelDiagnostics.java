package io.github.posteriorj.diagnostic;

import java.util.stream.IntStream;

/**
 * The diagnostics of every pixel of an image.
 *
 * @param rHat {@link ChainDiagnostics#rHat} of each pixel
 * @param bulkSampleSize {@link ChainDiagnostics#bulkSampleSize} of each pixel
 * @param tailSampleSize {@link ChainDiagnostics#tailSampleSize} of each pixel
 * @param meanError {@link ChainDiagnostics#meanError} of each pixel, in the images' unit
 */
public record PixelDiagnostics(
    float[] rHat, float[] bulkSampleSize, float[] tailSampleSize, float[] meanError) {

  /**
   * Diagnoses the pixels of images, on all processors.
   *
   * @param images [chains][draws][pixels]; all chains equally long, all images equally large
   * @throws IllegalArgumentException if there is no chain, or one is longer than another
   */
  public static PixelDiagnostics of(float[][][] images) {
    SplitChains first = SplitChains.of(pixel(images, 0));
    NormalScores scores = new NormalScores(first.total());
    int pixels = images[0][0].length;
    PixelDiagnostics all =
        new PixelDiagnostics(
            new float[pixels], new float[pixels], new float[pixels], new float[pixels]);
    IntStream.range(0, pixels)
        .parallel()
        .forEach(
            i -> {
              ChainDiagnostics one = ChainDiagnostics.of(SplitChains.of(pixel(images, i)), scores);
              all.rHat[i] = (float) one.rHat();
              all.bulkSampleSize[i] = (float) one.bulkSampleSize();
              all.tailSampleSize[i] = (float) one.tailSampleSize();
              all.meanError[i] = (float) one.meanError();
            });
    return all;
  }

  /** The median of each number over the pixels that could be judged; NaN if none could. */
  public ChainDiagnostics median() {
    return new ChainDiagnostics(
        quantile(rHat, 0.5),
        quantile(bulkSampleSize, 0.5),
        quantile(tailSampleSize, 0.5),
        quantile(meanError, 0.5));
  }

  /**
   * The worst of each number over the pixels that could be judged, the largest R-hat and error and
   * the smallest sample sizes; NaN if none could.
   */
  public ChainDiagnostics worst() {
    return new ChainDiagnostics(
        quantile(rHat, 1),
        quantile(bulkSampleSize, 0),
        quantile(tailSampleSize, 0),
        quantile(meanError, 1));
  }

  private static double quantile(float[] values, double probability) {
    double[] sorted =
        IntStream.range(0, values.length)
            .mapToDouble(i -> values[i])
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : Quantile.of(sorted, probability);
  }

  private static double[][] pixel(float[][][] images, int pixel) {
    double[][] draws = new double[images.length][];
    for (int chain = 0; chain < draws.length; chain++) {
      draws[chain] = new double[images[chain].length];
      for (int draw = 0; draw < draws[chain].length; draw++) {
        draws[chain][draw] = images[chain][draw][pixel];
      }
    }
    return draws;
  }
}
