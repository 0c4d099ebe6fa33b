package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.ImageSize;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Computes a local map between images tile by tile. Each tile is seen through a window, the tile
 * with a halo as wide as the map's reach, so that what is put together is what the whole would
 * give, up to the rounding of float32, with the memory of one window.
 *
 * <p>A window may take seconds: a thread that is interrupted ends before the next one, with a
 * {@link CancellationException}.
 *
 * <pre>{@code
 * Tiling tiling = new Tiling(new Locality(123, 8), 512);
 * NDArray images = tiling.apply(window -> network.forward(window), noise);
 * }</pre>
 *
 * @param locality how far the map looks
 * @param side the largest height and width of a tile in pixels, without its halo; it is rounded up
 *     to a multiple of the locality's stride
 */
public record Tiling(Locality locality, int side) {

  /**
   * Checks the side.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Tiling {
    if (side < 1) {
      throw new IllegalArgumentException(
          "The side of a tile must be 1 pixel or more, not " + side + ".");
    }
  }

  /**
   * Whether images are more than one tile.
   *
   * @param image [C, H, W]
   */
  public boolean divides(Shape image) {
    ImageSize size = ImageSize.of(image);
    return spans(size.height()).size() > 1 || spans(size.width()).size() > 1;
  }

  /**
   * The size of the largest window of images.
   *
   * @param image [C, H, W]
   */
  public Shape largestWindow(Shape image) {
    ImageSize size = ImageSize.of(image);
    return size.withPlanes(longestWindow(size.height()), longestWindow(size.width())).shape();
  }

  /**
   * The pixels that all windows of images have together.
   *
   * @param image [C, H, W]
   */
  public long seenPixels(Shape image) {
    ImageSize size = ImageSize.of(image);
    return (long) size.channels() * sumOfWindows(size.height()) * sumOfWindows(size.width());
  }

  private long sumOfWindows(int length) {
    return spans(length).stream().mapToLong(Span::window).sum();
  }

  private int longestWindow(int length) {
    return spans(length).stream().mapToInt(Span::window).max().orElseThrow();
  }

  /**
   * The map F of images.
   *
   * @param map F, which gives images of the size that it takes
   * @param x [N, C, H, W], of sides that are multiples of the locality's stride
   * @return F(x); it lives in the scope of x
   */
  public NDArray apply(UnaryOperator<NDArray> map, NDArray x) {
    NDArray result = x.zerosLike();
    for (Tile tile : tiles(x)) {
      endIfInterrupted();
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray window = copy(x, tile.window(), scope);
        result.set(tile.tile(), map.apply(window).get(tile.tileInWindow()));
      }
    }
    return result;
  }

  /**
   * A gradient with respect to the map's images, pulled back to what they are made of: J^T g with J
   * = dF/dx, the sum of what each tile's part of g gives, each through its window alone.
   *
   * @param pullBack J^T g of a window, at a window and for a g of its shape
   * @param x [N, C, H, W], the place where the derivative is taken
   * @param g of the shape of x
   * @return J^T g, of the shape of x; it lives in the scope of x
   */
  public NDArray pullBack(BinaryOperator<NDArray> pullBack, NDArray x, NDArray g) {
    NDArray result = x.zerosLike();
    for (Tile tile : tiles(x)) {
      endIfInterrupted();
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray window = copy(x, tile.window(), scope);
        NDArray ofTile = window.zerosLike();
        ofTile.set(tile.tileInWindow(), g.get(tile.tile()));
        NDArray pulled = pullBack.apply(window, ofTile);
        result.set(tile.window(), copy(result, tile.window(), scope).add(pulled));
      }
    }
    return result;
  }

  private static void endIfInterrupted() {
    if (Thread.interrupted()) {
      throw new CancellationException();
    }
  }

  private static NDArray copy(NDArray from, NDIndex place, NDManager scope) {
    NDArray part = from.get(place).duplicate();
    part.attach(scope);
    return part;
  }

  private List<Tile> tiles(NDArray x) {
    ImageSize size = ImageSize.ofEach(x);
    return spans(size.height()).stream()
        .flatMap(rows -> spans(size.width()).stream().map(columns -> new Tile(rows, columns)))
        .toList();
  }

  /** The tiles along one axis: as few as there can be, all of nearly one size. */
  private List<Span> spans(int length) {
    int stride = locality.stride();
    int units = (length + stride - 1) / stride;
    int count = (units + alignedSide() / stride - 1) / (alignedSide() / stride);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Span.of(
                    units * i / count * stride,
                    Math.min(length, units * (i + 1) / count * stride),
                    locality.halo(),
                    length))
        .toList();
  }

  private int alignedSide() {
    int stride = locality.stride();
    return (side + stride - 1) / stride * stride;
  }

  /** A tile along one axis, and its window: both ends, the second one not included. */
  private record Span(int from, int to, int windowFrom, int windowTo) {

    static Span of(int from, int to, int halo, int length) {
      return new Span(from, to, Math.max(0, from - halo), Math.min(length, to + halo));
    }

    int window() {
      return windowTo - windowFrom;
    }
  }

  private record Tile(Span rows, Span columns) {

    NDIndex tile() {
      return index(rows.from(), rows.to(), columns.from(), columns.to());
    }

    NDIndex window() {
      return index(rows.windowFrom(), rows.windowTo(), columns.windowFrom(), columns.windowTo());
    }

    NDIndex tileInWindow() {
      return index(
          rows.from() - rows.windowFrom(),
          rows.to() - rows.windowFrom(),
          columns.from() - columns.windowFrom(),
          columns.to() - columns.windowFrom());
    }

    private static NDIndex index(int top, int bottom, int left, int right) {
      return new NDIndex().addAllDim(2).addSliceDim(top, bottom).addSliceDim(left, right);
    }
  }
}
