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
