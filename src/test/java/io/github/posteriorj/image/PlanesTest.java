package io.github.posteriorj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class PlanesTest {

  private static final float[] PIXELS = {1, 2, 3, 4, 5, 6};

  @Test
  void xRunsFastest() {
    RandomAccessibleInterval<FloatType> plane = Planes.of(PIXELS, 3, 2);
    assertEquals(2, plane.getAt(1, 0).get());
    assertEquals(4, plane.getAt(0, 1).get());
  }

  @Test
  void pixelsAreCopiedInTheSameOrder() {
    float[] copy = Planes.pixels(Planes.of(PIXELS, 3, 2));
    assertArrayEquals(PIXELS, copy);
    assertNotSame(PIXELS, copy);
  }

  @Test
  void aCroppedOrTurnedViewIsReadAsItIsSeen() {
    RandomAccessibleInterval<FloatType> plane = Planes.of(PIXELS, 3, 2);
    assertArrayEquals(
        new float[] {2, 3, 5, 6},
        Planes.pixels(Views.interval(plane, new long[] {1, 0}, new long[] {2, 1})));
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, Planes.pixels(Views.permute(plane, 0, 1)));
  }

  @Test
  void aStackKeepsTheOrderOfItsPlanes() {
    RandomAccessibleInterval<FloatType> stack =
        Planes.stack(List.of(PIXELS, new float[] {7, 8, 9, 10, 11, 12}), 3, 2);
    assertArrayEquals(new long[] {3, 2, 2}, stack.dimensionsAsLongArray());
    assertEquals(4, stack.getAt(0, 1, 0).get());
    assertEquals(10, stack.getAt(0, 1, 1).get());
  }

  @Test
  void unsignedBytesAreReadAsSuch() {
    RandomAccessibleInterval<UnsignedByteType> bytes =
        ArrayImgs.unsignedBytes(new byte[] {0, -1, 127, -128}, 2, 2);
    assertArrayEquals(new float[] {0, 255, 127, 128}, Planes.pixels(bytes));
  }

  @Test
  void splitsPixelsIntoPlanes() {
    float[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    assertEquals(2, Planes.split(pixels, 4, 3).numDimensions());
    RandomAccessibleInterval<FloatType> planes = Planes.split(pixels, 3, 2);
    assertEquals(2, planes.dimension(2));
    assertArrayEquals(
        new float[] {7, 8, 9, 10, 11, 12}, Planes.pixels(Views.hyperSlice(planes, 2, 1)));
  }
}
