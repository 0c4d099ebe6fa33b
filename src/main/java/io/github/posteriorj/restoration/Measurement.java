package io.github.posteriorj.restoration;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A measurement y in its own units.
 *
 * @param values the last axis running fastest; NaN where nothing was observed, as at hidden, dead
 *     or saturated pixels
 * @param shape its axes, [C, H, W] where it is an image
 */
public record Measurement(float[] values, Shape shape) {

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException if the shape holds another number of values
   */
  public Measurement {
    if (shape.size() != values.length) {
      throw new IllegalArgumentException(
          "A measurement of size "
              + shape
              + " has "
              + shape.size()
              + " values, not "
              + values.length
              + ".");
    }
  }

  /** The measurement that one gray plane is: X, Y. */
  public static Measurement of(RandomAccessibleInterval<? extends RealType<?>> plane) {
    return new Measurement(
        Planes.pixels(plane), new Shape(1, plane.dimension(1), plane.dimension(0)));
  }

  /** The measurement that a plane of pixels is. */
  public static Measurement of(NamedPlane plane) {
    return new Measurement(plane.values(), new Shape(1, plane.height(), plane.width()));
  }

  /**
   * The measurement that several are as its channels.
   *
   * @param channels of one size, at least one
   */
  public static Measurement ofChannels(List<Measurement> channels) {
    Measurement first = channels.get(0);
    FloatBuffer values = FloatBuffer.allocate(channels.size() * first.values.length);
    channels.forEach(channel -> values.put(channel.values));
    return new Measurement(
        values.array(), new Shape(channels.size(), first.height(), first.width()));
  }

  /** The channels of an image, each as a measurement of its own. */
  public List<Measurement> channels() {
    int pixels = height() * width();
    return IntStream.range(0, Math.toIntExact(shape.get(0)))
        .map(channel -> channel * pixels)
        .mapToObj(from -> Arrays.copyOfRange(values, from, from + pixels))
        .map(channel -> new Measurement(channel, new Shape(1, height(), width())))
        .toList();
  }

  /** For each value, whether it was observed. */
  boolean[] observed() {
    boolean[] observed = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      observed[i] = !Float.isNaN(values[i]);
    }
    return observed;
  }

  /** The measurement with each value changed. */
  Measurement map(DoubleUnaryOperator function) {
    float[] mapped = new float[values.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = (float) function.applyAsDouble(values[i]);
    }
    return new Measurement(mapped, shape);
  }

  /** The measurement without one number at each value. */
  Measurement minus(float[] numbers) {
    float[] difference = new float[values.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = values[i] - numbers[i];
    }
    return new Measurement(difference, shape);
  }

  /** The measurement with values that count as not observed. */
  Measurement without(boolean[] hidden) {
    float[] rest = values.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] = hidden[i] ? Float.NaN : rest[i];
    }
    return new Measurement(rest, shape);
  }

  boolean isComplete() {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  /** The values, 0 where nothing was observed. */
  float[] filled() {
    float[] filled = values.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = Float.isNaN(filled[i]) ? 0 : filled[i];
    }
    return filled;
  }

  /** Rows of all channels, one below the other: so they are one gray image, but for the borders. */
  int rows() {
    return values.length / width();
  }

  /** Rows. */
  public int height() {
    return Math.toIntExact(shape.get(shape.dimension() - 2));
  }

  /** Columns. */
  public int width() {
    return Math.toIntExact(shape.get(shape.dimension() - 1));
  }
}
