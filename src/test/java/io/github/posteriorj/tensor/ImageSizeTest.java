package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ImageSizeTest {

  private static final ImageSize PLANE = new ImageSize(3, 1, 20, 28);
  private static final ImageSize VOLUME = new ImageSize(3, 5, 20, 28);

  @Test
  void planesHaveThreeAxesAndVolumesFour() {
    assertEquals(PLANE, ImageSize.of(new Shape(3, 20, 28)));
    assertEquals(new Shape(3, 20, 28), PLANE.shape());
    assertEquals(VOLUME, ImageSize.of(new Shape(3, 5, 20, 28)));
    assertEquals(new Shape(3, 5, 20, 28), VOLUME.shape());
  }

  @Test
  void theNumberOfImagesComesFirstInABatch() {
    assertEquals(new Shape(7, 3, 20, 28), PLANE.batch(7));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      assertEquals(VOLUME, ImageSize.ofEach(scope.zeros(VOLUME.batch(2))));
    }
  }

  @Test
  void oneAxisIsChangedAndTheOthersStay() {
    assertEquals(new ImageSize(1, 5, 20, 28), VOLUME.withChannels(1));
    assertEquals(new ImageSize(3, 5, 10, 14), VOLUME.withPlanes(10, 14));
    assertEquals(560, VOLUME.pixelsOfAPlane());
  }

  @Test
  void whatIsNoImageIsRefused() {
    for (Shape shape : new Shape[] {new Shape(20, 28), new Shape(1, 1, 1, 20, 28)}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> ImageSize.of(shape)).getMessage();
      assertTrue(message.contains("channels, height, width"), message);
    }
  }
}
