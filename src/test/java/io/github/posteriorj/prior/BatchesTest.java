package io.github.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches on a device that holds a few images at once. */
class BatchesTest {

  private static final int IMAGES = 7;
  private static final Shape SHAPE = new Shape(IMAGES, 1, 2, 3);

  private final NDManager scope = ComputeDevice.CPU.newScope();
  private final float[] values = new float[Math.toIntExact(SHAPE.size())];
  private final NDArray x = images();
  private final AtomicInteger lacks = new AtomicInteger();
  private final List<Long> sizes = new ArrayList<>();

  private NDArray images() {
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return DeviceArrays.copyOf(scope, values, SHAPE);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Squares, on a card that holds so many images. */
  private UnaryOperator<NDArray> squares(int capacity) {
    return part -> {
      long images = part.getShape().get(0);
      if (images > capacity) {
        throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
      }
      sizes.add(images);
      return part.mul(part);
    };
  }

  @Test
  void allGoThroughAtOnceWhereTheyMay() {
    float[] found =
        new Batches(IMAGES, lacks::incrementAndGet).apply(squares(IMAGES), x).toFloatArray();
    assertArrayEquals(x.mul(x).toFloatArray(), found);
    assertEquals(List.of(7L), sizes);
    assertEquals(0, lacks.get());
  }

  @Test
  void notMoreThanAreAllowedGoThroughAtOnce() {
    float[] found = new Batches(2, lacks::incrementAndGet).apply(squares(2), x).toFloatArray();
    assertArrayEquals(x.mul(x).toFloatArray(), found);
    assertEquals(List.of(1L, 2L, 2L, 2L), sizes);
    assertEquals(0, lacks.get());
  }

  @Test
  void aBatchThatRunsOutOfMemoryIsHalvedAndGoesOn() {
    Batches batches = new Batches(IMAGES, lacks::incrementAndGet);
    assertArrayEquals(x.mul(x).toFloatArray(), batches.apply(squares(2), x).toFloatArray());
    // Neither seven go, nor three and four.
    assertEquals(3, lacks.get());
    float[] pulled = batches.pullBack(squares(2), x, x.onesLike()).toFloatArray();
    assertArrayEquals(x.mul(2).toFloatArray(), pulled);
  }

  @Test
  void oneImageThatDoesNotFitIsTheEnd() {
    assertThrows(
        EngineException.class,
        () -> new Batches(IMAGES, lacks::incrementAndGet).apply(squares(0), x));
  }

  @Test
  void otherFailuresAreNotTriedAgain() {
    UnaryOperator<NDArray> broken =
        part -> {
          throw new EngineException("expected scalar type Float");
        };
    assertThrows(
        EngineException.class, () -> new Batches(IMAGES, lacks::incrementAndGet).apply(broken, x));
    assertEquals(0, lacks.get());
  }
}
