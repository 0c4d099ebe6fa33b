package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;

/**
 * An instrument that sees some of the pixels only: (A x)(p) = m(p) x(p), with m = 1 at visible
 * pixels and 0 at hidden ones, alike in all channels or in each its own.
 *
 * <p>The measurement keeps the image's size, and is 0 at hidden pixels. It tells nothing there.
 */
public final class PixelMask implements PseudoInvertible {

  private final PixelFactors mask;
  private final int visiblePixels;

  private PixelMask(boolean[] visible, int width, int height) {
    float[] values = new float[visible.length];
    int count = 0;
    for (int i = 0; i < visible.length; i++) {
      if (visible[i]) {
        values[i] = 1;
        count++;
      }
    }
    this.mask = new PixelFactors("mask", width, height, values);
    this.visiblePixels = count;
    if (count == 0) {
      throw new IllegalArgumentException(
          "The mask hides all pixels of the image: nothing is left to restore from. Make at least"
              + " one pixel visible.");
    }
  }

  /**
   * A mask that shows the given pixels.
   *
   * @param visible one value a pixel, row after row, for all channels or for each one
   * @throws IllegalArgumentException if their number is no multiple of the pixels', or all are
   *     hidden
   */
  public static PixelMask of(boolean[] visible, int width, int height) {
    if (visible.length == 0 || visible.length % ((long) width * height) != 0) {
      throw new IllegalArgumentException(
          "A mask of %d x %d pixels has %d values, not %d."
              .formatted(width, height, (long) width * height, visible.length));
    }
    return new PixelMask(visible, width, height);
  }

  /**
   * A mask that shows pixels drawn at random, as many as the share says, rounded.
   *
   * @param share visible pixels as a share of all, above 0 and up to 1
   * @param random where the draws come from
   * @throws IllegalArgumentException if the share is no such number, or shows not even one pixel
   */
  public static PixelMask random(int width, int height, double share, RandomStream random) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "The share of visible pixels must be above 0 and at most 1, not " + share + ".");
    }
    boolean[] visible = new boolean[Math.multiplyExact(width, height)];
    int open = (int) Math.round(share * visible.length);
    // Knuth's selection sampling: each pixel in turn, with the share that is still to be chosen.
    for (int i = 0; i < visible.length && open > 0; i++) {
      visible[i] = random.uniform() * (visible.length - i) < open;
      open -= visible[i] ? 1 : 0;
    }
    return new PixelMask(visible, width, height);
  }

  /**
   * A mask that hides one rectangle and shows the rest.
   *
   * @param x the rectangle's left column
   * @param y the rectangle's upper row
   * @param boxWidth its columns
   * @param boxHeight its rows
   * @throws IllegalArgumentException if the rectangle has no pixels, reaches out of the image, or
   *     covers all of it
   */
  public static PixelMask hiddenBox(
      int width, int height, int x, int y, int boxWidth, int boxHeight) {
    if (boxWidth < 1 || boxHeight < 1) {
      throw new IllegalArgumentException(
          "The hidden box must have at least one pixel, not %d x %d."
              .formatted(boxWidth, boxHeight));
    }
    if (x < 0 || y < 0 || x > width - boxWidth || y > height - boxHeight) {
      throw new IllegalArgumentException(
          "The hidden box of %d x %d pixels at (%d, %d) reaches out of the image of %d x %d."
              .formatted(boxWidth, boxHeight, x, y, width, height));
    }
    boolean[] visible = new boolean[Math.multiplyExact(width, height)];
    Arrays.fill(visible, true);
    for (int row = y; row < y + boxHeight; row++) {
      Arrays.fill(visible, row * width + x, row * width + x + boxWidth, false);
    }
    return new PixelMask(visible, width, height);
  }

  /** The image's columns. */
  public int width() {
    return mask.width();
  }

  /** The image's rows. */
  public int height() {
    return mask.height();
  }

  /** The mask as numbers, 1 at visible pixels and 0 at hidden ones, row after row. */
  public float[] values() {
    return mask.values().clone();
  }

  @Override
  public NDArray apply(NDArray x) {
    return mask.times(x);
  }

  @Override
  public NDArray adjoint(NDArray y) {
    return apply(y);
  }

  @Override
  public NDArray pseudoInverse(NDArray y) {
    return apply(y);
  }

  @Override
  public Shape outputShape(Shape x) {
    mask.requireSize(ImageSize.of(x));
    return x;
  }

  @Override
  public Diagonalisation diagonalisation(NDManager scope, Shape image) {
    return new PixelDiagonalisation(this);
  }

  @Override
  public String toString() {
    return "Pixel mask, %d of %d pixels visible".formatted(visiblePixels, mask.values().length);
  }
}
