package io.github.posteriorj.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A function of each pixel's ordered samples, of images that arrive one after another.
 *
 * <p>Up to {@value #CAPACITY} images are kept as they are: no copies, and exact. Of more, a full
 * buffer is sorted pixel by pixel, and every other value is kept and stands for two; so are the
 * buffers of values that stand for two, for four, and so on. Memory grows with the logarithm of the
 * number of images. Ranks are off by at most (1 + log2(n / {@value #CAPACITY})) / {@value
 * #CAPACITY} of the n images, 1.2 % for 1024; taking the odd and the even places in turns leaves
 * less than half of that.
 *
 * <p>Source: Manku, Rajagopalan and Lindsay, "Approximate medians and other quantiles in one pass
 * and with limited memory", SIGMOD 1998, sections 3 and 4.
 */
final class PixelQuantiles implements PixelStatistic {

  /** Images of one weight that are kept. */
  static final int CAPACITY = 256;

  private final ToDoubleFunction<double[]> function;

  /** Images whose values stand for 1, 2, 4 ... samples each. */
  private final List<List<float[]>> buffers = new ArrayList<>();

  private int halvings;

  /**
   * Of no images yet.
   *
   * @param function of the samples of a pixel in ascending order
   */
  PixelQuantiles(ToDoubleFunction<double[]> function) {
    this.function = function;
  }

  @Override
  public void add(float[] image, int chain) {
    buffer(0).add(image);
    for (int level = 0; buffers.get(level).size() > CAPACITY; level++) {
      halve(level);
    }
  }

  private List<float[]> buffer(int level) {
    while (buffers.size() <= level) {
      buffers.add(new ArrayList<>());
    }
    return buffers.get(level);
  }

  /** Takes a full buffer's values to the next one, half as many of twice the weight. */
  private void halve(int level) {
    List<float[]> full = new ArrayList<>(buffers.get(level).subList(0, CAPACITY));
    buffers.get(level).subList(0, CAPACITY).clear();
    int first = halvings++ % 2;
    float[][] kept = new float[CAPACITY / 2][full.get(0).length];
    IntStream.range(0, kept[0].length)
        .parallel()
        .forEach(
            pixel -> {
              double[] sorted = full.stream().mapToDouble(image -> image[pixel]).sorted().toArray();
              for (int i = 0; i < kept.length; i++) {
                kept[i][pixel] = (float) sorted[2 * i + first];
              }
            });
    buffer(level + 1).addAll(Arrays.asList(kept));
  }

  /** How many images are kept. */
  int images() {
    return buffers.stream().mapToInt(List::size).sum();
  }

  @Override
  public float[] values() {
    int pixels = buffers.stream().flatMap(List::stream).findFirst().orElseThrow().length;
    float[] values = new float[pixels];
    IntStream.range(0, pixels)
        .parallel()
        .forEach(pixel -> values[pixel] = (float) function.applyAsDouble(sorted(pixel)));
    return values;
  }

  /** A pixel's values in ascending order, each as often as it stands for a sample. */
  private double[] sorted(int pixel) {
    return IntStream.range(0, buffers.size())
        .boxed()
        .flatMapToDouble(
            level ->
                buffers.get(level).stream()
                    .flatMapToDouble(
                        image -> IntStream.range(0, 1 << level).mapToDouble(i -> image[pixel])))
        .sorted()
        .toArray();
  }
}
