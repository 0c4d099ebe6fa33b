package io.github.posteriorj.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Numbers of Java as tensors, and sums of tensors. */
public final class DeviceArrays {

  private DeviceArrays() {}

  /**
   * Copies numbers into PyTorch's own memory on a scope's device.
   *
   * <p>DJL alone only wraps Java's memory on a CPU. That lies at another alignment in every run,
   * and matrix products round according to alignment: one seed would not give the same bits in two
   * runs.
   *
   * @param scope where the tensor lives
   * @param values as many as the shape holds, the last axis running fastest
   */
  public static NDArray copyOf(NDManager scope, float[] values, Shape shape) {
    try (NDArray wrapped = scope.create(values, shape)) {
      return wrapped.duplicate();
    }
  }

  /**
   * Copies the values of each member of a batch: see {@link #copyOf(NDManager, float[], Shape)}.
   *
   * @param scope where the tensor lives
   * @param rows the members' values
   * @param shape [N, ...]
   */
  public static NDArray copyOf(NDManager scope, float[][] rows, Shape shape) {
    int length = rows[0].length;
    float[] all = new float[rows.length * length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * length, length);
    }
    return copyOf(scope, all, shape);
  }

  /**
   * The values of each member of a batch.
   *
   * @param batch [N, ...]
   * @return [N][values]
   */
  public static float[][] valuesOfEach(NDArray batch) {
    float[] all = batch.toFloatArray();
    float[][] rows = new float[Math.toIntExact(batch.getShape().get(0))][];
    int length = all.length / rows.length;
    Arrays.setAll(rows, row -> Arrays.copyOfRange(all, row * length, (row + 1) * length));
    return rows;
  }

  /**
   * A number that tensors can be multiplied with where a gradient is taken.
   *
   * <p>DJL's {@code array.mul(number)} and its likes wrap Java's memory for the number and let go
   * of it at once, while PyTorch still needs it for the gradient: once Java has collected its
   * garbage, the gradient is made of rubbish.
   *
   * @param scope where the number lives
   */
  public static NDArray constant(NDManager scope, double value) {
    return scope.full(new Shape(), (float) value);
  }

  /**
   * The same numbers with the last axis running fastest in memory, as they lie when they are read
   * from a file. Products of matrices round by how these lie.
   *
   * @return in the scope of the array
   */
  public static NDArray inOrder(NDArray array) {
    return array.flatten().reshape(array.getShape());
  }

  /**
   * The sum of each member of a batch.
   *
   * @param batch [N, ...]; with one value a member, [N], it is its own sum
   * @return [N]; it lives in the scope of the batch
   */
  public static NDArray sumOfEach(NDArray batch) {
    int[] axes = IntStream.range(1, batch.getShape().dimension()).toArray();
    return axes.length == 0 ? batch : batch.sum(axes);
  }

  /**
   * Some members of a batch.
   *
   * @param batch [N, ...]
   * @param rows which ones, at least one
   * @return [rows, ...]; it lives in the scope of the batch
   */
  public static NDArray rows(NDArray batch, int[] rows) {
    return joined(Arrays.stream(rows).mapToObj(row -> row(batch, row)));
  }

  /**
   * A batch with some members replaced.
   *
   * @param batch [N, ...]
   * @param rows which ones are replaced, in rising order
   * @param others as many as there are rows
   * @return [N, ...]; it lives in the scope of the batch
   */
  public static NDArray withRows(NDArray batch, int[] rows, NDArray others) {
    return joined(
        IntStream.range(0, Math.toIntExact(batch.getShape().get(0)))
            .mapToObj(
                row -> {
                  int other = Arrays.binarySearch(rows, row);
                  return other < 0 ? row(batch, row) : row(others, other);
                }));
  }

  private static NDArray row(NDArray batch, int row) {
    return batch.get(new NDIndex().addSliceDim(row, row + 1L));
  }

  private static NDArray joined(Stream<NDArray> rows) {
    return rows.reduce(NDArray::concat).orElseThrow();
  }
}
