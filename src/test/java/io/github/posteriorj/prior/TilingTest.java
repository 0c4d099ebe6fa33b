package io.github.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tiles give, put together, against what the whole gives. */
class TilingTest {

  private static final Shape CANVAS = new Shape(2, 1, 40, 72);

  /** The rounding of float32 for numbers of order 1, summed over a window. */
  private static final float ROUNDING = 1e-5f;

  @TempDir private Path folder;

  private static NDArray noise(NDManager scope, Shape shape, int number) {
    return DeviceArrays.copyOf(
        scope, RandomStream.of(5, number).gaussian(Math.toIntExact(shape.size())), shape);
  }

  /** The mean of 3 x 3 pixels, bent: it looks one pixel far. */
  private static NDArray local(NDArray x) {
    NDArray sum = x;
    for (int shift : new int[] {1, -1}) {
      for (int axis : new int[] {2, 3}) {
        sum = sum.add(shifted(x, shift, axis));
      }
    }
    return sum.mul(DeviceArrays.constant(x.getManager(), 0.2)).tanh();
  }

  private static NDArray pullBack(NDArray x, NDArray g) {
    return Differentiation.pullBack(TilingTest::local, x, g);
  }

  private static NDArray shifted(NDArray x, int shift, int axis) {
    long length = x.getShape().get(axis);
    String all = axis == 2 ? ":,:,%d:%d" : ":,:,:,%d:%d";
    NDArray kept =
        shift > 0 ? x.get(all.formatted(0, length - 1)) : x.get(all.formatted(1, length));
    NDArray border = x.get(all.formatted(0, 1)).zerosLike();
    return shift > 0 ? border.concat(kept, axis) : kept.concat(border, axis);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 7", "1, 8, 8", "1, 8, 20", "3, 4, 16", "1, 8, 40"})
  void tilesMakeTheSameImagesAndGradients(int reach, int stride, int side) {
    Tiling tiling = new Tiling(new Locality(reach, stride), side);
    assertTrue(tiling.divides(CANVAS.slice(1)));
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = noise(scope, CANVAS, 0);
      NDArray g = noise(scope, CANVAS, 1);
      assertArrayEquals(
          local(x).toFloatArray(), tiling.apply(TilingTest::local, x).toFloatArray(), ROUNDING);
      assertArrayEquals(
          pullBack(x, g).toFloatArray(),
          tiling.pullBack(TilingTest::pullBack, x, g).toFloatArray(),
          ROUNDING);
    }
  }

  @Test
  void aHaloThatIsTooNarrowShows() {
    Tiling tiling = new Tiling(new Locality(0, 8), 16);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = noise(scope, CANVAS, 0);
      float difference = local(x).sub(tiling.apply(TilingTest::local, x)).abs().max().getFloat();
      assertTrue(difference > 0.1, "it is " + difference);
    }
  }

  @Test
  void noMoreThanAWindowGoesThroughTheMapAtOnce() {
    Tiling tiling = new Tiling(new Locality(5, 8), 16);
    List<Shape> seen = new ArrayList<>();
    UnaryOperator<NDArray> map =
        part -> {
          seen.add(part.getShape());
          return local(part);
        };
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = noise(scope, CANVAS, 0);
      tiling.apply(map, x);
      tiling.pullBack((part, g) -> Differentiation.pullBack(map, part, g), x, x);
    }
    // 40 rows are three tiles of 8 to 16, 72 columns are five; both passes.
    assertEquals(2 * 3 * 5, seen.size());
    Shape largest = tiling.largestWindow(CANVAS.slice(1));
    assertEquals(new Shape(1, 32, 32), largest);
    for (Shape part : seen) {
      assertTrue(part.slice(1).size() <= largest.size(), "a part of " + part);
      assertEquals(0, part.get(2) % 8);
      assertEquals(0, part.get(3) % 8);
    }
  }

  @Test
  void anInterruptedThreadEndsBeforeTheNextWindow() {
    Tiling tiling = new Tiling(new Locality(1, 8), 16);
    List<NDArray> seen = new ArrayList<>();
    UnaryOperator<NDArray> map =
        part -> {
          seen.add(part);
          Thread.currentThread().interrupt();
          return local(part);
        };
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray x = noise(scope, CANVAS, 0);
      assertThrows(CancellationException.class, () -> tiling.apply(map, x));
      assertThrows(
          CancellationException.class, () -> tiling.pullBack((part, g) -> map.apply(part), x, x));
    }
    assertEquals(2, seen.size());
    assertFalse(Thread.interrupted());
  }

  @Test
  void imagesOfOneTileStayWhole() {
    Tiling tiling = new Tiling(new Locality(5, 8), 70);
    assertFalse(tiling.divides(CANVAS.slice(1)));
    assertEquals(CANVAS.slice(1), tiling.largestWindow(CANVAS.slice(1)));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(new Locality(5, 8), 0));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, true", "1, false", "4, false"})
  void priorsOfAnyStepsAreTheSameInTiles(int steps, boolean isConsistencyModel) throws Exception {
    Shape image = new Shape(1, 37, 65);
    PriorFolders.writeLocal(folder);
    try (GenerativeModel model =
        isConsistencyModel ? PriorFolders.open(folder) : PriorFolders.openDenoiser(folder)) {
      CroppedPrior whole = model.forImages(steps, image, 3);
      CroppedPrior tiled = model.tiled(16).forImages(steps, image, 3);
      try (NDManager scope = model.newScope()) {
        NDArray z = noise(scope, new Shape(2).addAll(whole.latentShape()), 2);
        NDArray weights = noise(scope, new Shape(2).addAll(image), 3);
        UnaryOperator<NDArray> function = x -> DeviceArrays.sumOfEach(x.mul(weights).add(x.mul(x)));
        ThroughImages expected = whole.gradient(function, z.duplicate());
        ThroughImages found = tiled.gradient(function, z.duplicate());
        assertNear(expected.image(), found.image());
        assertNear(expected.value(), found.value());
        assertNear(expected.gradient(), found.gradient());
        NDArray g = expected.image().mul(2).add(weights);
        assertNear(expected.gradient(), whole.pullBack(z, g));
      }
    }
  }

  /** Equal up to the rounding of float32 in a chain of some dozen operations. */
  private static void assertNear(NDArray expected, NDArray found) {
    float largest = expected.abs().max().getFloat();
    assertArrayEquals(expected.toFloatArray(), found.toFloatArray(), ROUNDING * largest);
  }

  @Test
  void oneLevelsPassAndTheDenoiserAreTheSameInTiles() throws Exception {
    PriorFolders.writeLocal(folder);
    try (ConsistencyModel model = PriorFolders.open(folder);
        ConsistencyModel tiled = model.tiled(16);
        NDManager scope = model.newScope()) {
      NDArray x = noise(scope, CANVAS, 4);
      UnaryOperator<NDArray> function = image -> DeviceArrays.sumOfEach(image.mul(image));
      ThroughImages expected = model.gradient(function, x.duplicate(), 0.3);
      ThroughImages found = tiled.gradient(function, x.duplicate(), 0.3);
      assertNear(expected.image(), found.image());
      assertNear(expected.gradient(), found.gradient());
      assertNear(
          model.denoiser().orElseThrow().denoise(x, 0.3),
          tiled.denoiser().orElseThrow().denoise(x, 0.3));
    }
  }

  @Test
  void aPriorWithoutAKnownReachIsRefused() throws Exception {
    PriorFolders.write(folder, 8, "return torch.sub(x, torch.mean(x))");
    try (ConsistencyModel model = PriorFolders.open(folder)) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> model.tiled(64));
      assertTrue(error.getMessage().contains("reach"), error.getMessage());
    }
  }
}
