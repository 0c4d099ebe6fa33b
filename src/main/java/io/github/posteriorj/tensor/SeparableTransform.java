package io.github.posteriorj.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;

/**
 * An orthonormal change of coordinates of images, axis by axis: c = R x C^T, and x = R^T c C.
 *
 * <p>It is computed as two matrix products. Its matrices lie on the device as long as the scope
 * that they were made in; what comes out lives in the scope of what goes in.
 */
public final class SeparableTransform {

  private final NDArray rows;
  private final NDArray columns;

  private SeparableTransform(NDArray rows, NDArray columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * The discrete cosine transform of type II: c_k = sqrt(2 / n) sum_i x_i cos(pi k (i + 1/2) / n)
   * along each axis, with the root of 1 / n for k = 0.
   *
   * <p>It makes every symmetric convolution with a mirrored border (d c b a | a b c d) diagonal.
   * Source: Ng, Chan and Tang, "A fast algorithm for deblurring models with Neumann boundary
   * conditions", SIAM J. Sci. Comput. 1999.
   *
   * @param scope where the matrices live
   * @param height the images' rows
   * @param width the images' columns
   */
  public static SeparableTransform cosine(NDManager scope, long height, long width) {
    return cosineOfBlocks(scope, height, width, height, width);
  }

  /**
   * The same of each block of an image by itself.
   *
   * @param blockHeight a block's rows, which divide the image's
   * @param blockWidth a block's columns, which divide the image's
   */
  public static SeparableTransform cosineOfBlocks(
      NDManager scope, long height, long width, long blockHeight, long blockWidth) {
    return new SeparableTransform(
        matrix(scope, Math.toIntExact(height), Math.toIntExact(blockHeight)),
        matrix(scope, Math.toIntExact(width), Math.toIntExact(blockWidth)));
  }

  /**
   * Coordinates of images.
   *
   * @param x [N, C, H, W]
   * @return c, of the same shape
   */
  public NDArray forward(NDArray x) {
    // The input stands on the left: DJL puts a product into the scope of its left factor.
    return x.matMul(columns.swapAxes(2, 3))
        .swapAxes(2, 3)
        .matMul(rows.swapAxes(2, 3))
        .swapAxes(2, 3);
  }

  /**
   * Images of coordinates.
   *
   * @param c [N, C, H, W]
   * @return x, of the same shape
   */
  public NDArray backward(NDArray c) {
    return c.matMul(columns).swapAxes(2, 3).matMul(rows).swapAxes(2, 3);
  }

  private static NDArray matrix(NDManager scope, int size, int block) {
    float[] entries = new float[size * size];
    IntStream.range(0, size).parallel().forEach(row -> fill(entries, row, size, block));
    return DeviceArrays.copyOf(scope, entries, new Shape(1, 1, size, size));
  }

  private static void fill(float[] entries, int row, int size, int block) {
    int start = row / block * block;
    double scale = Math.sqrt((row == start ? 1.0 : 2.0) / block);
    for (int i = 0; i < block; i++) {
      double angle = Math.PI * (row - start) * (i + 0.5) / block;
      entries[row * size + start + i] = (float) (scale * Math.cos(angle));
    }
  }
}
