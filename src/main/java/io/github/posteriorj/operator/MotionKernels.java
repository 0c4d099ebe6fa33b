package io.github.posteriorj.operator;

import io.github.posteriorj.tensor.RandomStream;

/**
 * Point spread functions of an instrument that moves while it collects light.
 *
 * <p>Each is the mean over a path: a point's light falls evenly along it, and each of its places
 * shares its light among the four pixels around by linear interpolation.
 */
public final class MotionKernels {

  /** Places on a path per pixel of its length: the integral's error is far below float32's. */
  private static final int PLACES_PER_PIXEL = 1000;

  private static final double LONGEST = 1000;

  /** Steps of a random path. */
  private static final int STEPS = 2000;

  /** How far the direction wanders during an exposure at intensity 1, in radians. */
  private static final double WANDERING = 2 * Math.PI;

  /** Jerks to expect during an exposure at intensity 1. */
  private static final double JERKS = 5;

  /** Most radians by which a jerk misses the opposite direction. */
  private static final double JERK_SPREAD = 0.5;

  private MotionKernels() {}

  /**
   * Motion along a straight line at constant speed.
   *
   * @param length of the path, in pixels
   * @param angle between the path and the image's rows, in degrees, counter-clockwise as seen
   * @throws IllegalArgumentException if the length is not a positive number up to 1000, or the
   *     angle is not finite
   */
  public static PointSpreadFunction straight(double length, double angle) {
    if (!(length > 0 && length <= LONGEST)) {
      throw new IllegalArgumentException(
          "The length of the motion must be a positive number of pixels up to 1000, not "
              + length
              + ".");
    }
    if (!Double.isFinite(angle)) {
      throw new IllegalArgumentException(
          "The angle of the motion must be a finite number of degrees, not " + angle + ".");
    }
    double halfX = length / 2 * Math.cos(Math.toRadians(angle));
    double halfY = -length / 2 * Math.sin(Math.toRadians(angle));
    int reachX = reach(halfX);
    int reachY = reach(halfY);
    Exposure exposure = new Exposure(2 * reachX + 1, 2 * reachY + 1);
    exposure.move(reachX - halfX, reachY - halfY, reachX + halfX, reachY + halfY);
    return exposure.kernel();
  }

  /**
   * The random path of a camera held by hand.
   *
   * <p>A particle moves at constant speed; random changes turn its direction, a pull brings it back
   * towards where it began, and now and then a jerk turns it around. Its strength of all three is
   * the intensity: at 0 the path is straight.
   *
   * <p>Source: the model of Boracchi and Foi, "Modeling the performance of image restoration from
   * motion blur", IEEE Trans. Image Processing 21 (2012), with rates of our own. The seed method's
   * motion blur (Chung et al., "Diffusion posterior sampling", 2023) has size 61 and intensity 0.5.
   *
   * @param size the kernel's side in pixels, at least 5; the path is half to all of it long
   * @param intensity from 0, straight, to 1, shaken much
   * @param random where the draws come from
   * @throws IllegalArgumentException if the size or the intensity is out of its range
   */
  public static PointSpreadFunction randomPath(int size, double intensity, RandomStream random) {
    if (size < 5) {
      throw new IllegalArgumentException(
          "The kernel of a random path needs 5 pixels a side or more, not " + size + ".");
    }
    if (!(intensity >= 0 && intensity <= 1)) {
      throw new IllegalArgumentException(
          "The intensity of the shaking must be from 0 to 1, not " + intensity + ".");
    }
    // Linear interpolation spreads the path by one pixel to each side.
    double length = (0.5 + 0.5 * random.uniform()) * (size - 3);
    double[][] path = walk(length, intensity, random);
    double shiftX = (size - 1) / 2.0 - middle(path[0]);
    double shiftY = (size - 1) / 2.0 - middle(path[1]);
    Exposure exposure = new Exposure(size, size);
    for (int i = 0; i < STEPS; i++) {
      exposure.move(
          path[0][i] + shiftX,
          path[1][i] + shiftY,
          path[0][i + 1] + shiftX,
          path[1][i + 1] + shiftY);
    }
    return exposure.kernel();
  }

  /** The corners of a path of the given length, as x and y. */
  private static double[][] walk(double length, double intensity, RandomStream random) {
    double step = length / STEPS;
    double turning = intensity * WANDERING / Math.sqrt(STEPS);
    double pull = intensity * WANDERING * random.uniform() / STEPS;
    double jerk = intensity * JERKS / STEPS;
    double direction = 2 * Math.PI * random.uniform();
    double[] x = new double[STEPS + 1];
    double[] y = new double[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      if (random.uniform() < jerk) {
        direction += Math.PI + JERK_SPREAD * (2 * random.uniform() - 1);
      }
      double vx = Math.cos(direction) + turning * random.gaussian() - pull * x[i] / length;
      double vy = Math.sin(direction) + turning * random.gaussian() - pull * y[i] / length;
      direction = Math.atan2(vy, vx);
      x[i + 1] = x[i] + step * Math.cos(direction);
      y[i + 1] = y[i] + step * Math.sin(direction);
    }
    return new double[][] {x, y};
  }

  /** Midway between the smallest and the largest. */
  private static double middle(double[] values) {
    double smallest = values[0];
    double largest = values[0];
    for (double value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    return (smallest + largest) / 2;
  }

  /** Pixels from the middle one to the last that a path to this place touches. */
  private static int reach(double half) {
    return (int) Math.ceil(Math.abs(half) - 1e-9);
  }

  /** Light collected along a path. */
  private static final class Exposure {

    private final int width;
    private final int height;
    private final double[] light;

    Exposure(int width, int height) {
      this.width = width;
      this.height = height;
      this.light = new double[width * height];
    }

    /** Collects along a straight piece of the path, as much as it is long. */
    void move(double fromX, double fromY, double toX, double toY) {
      double length = Math.hypot(toX - fromX, toY - fromY);
      int places = (int) Math.ceil(length * PLACES_PER_PIXEL);
      for (int i = 0; i < places; i++) {
        double along = (i + 0.5) / places;
        collect(fromX + along * (toX - fromX), fromY + along * (toY - fromY), length / places);
      }
    }

    private void collect(double x, double y, double amount) {
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      double right = x - left;
      double bottom = y - top;
      add(left, top, amount * (1 - right) * (1 - bottom));
      add(left + 1, top, amount * right * (1 - bottom));
      add(left, top + 1, amount * (1 - right) * bottom);
      add(left + 1, top + 1, amount * right * bottom);
    }

    /** Rounding may touch a pixel beyond the canvas, with next to no light. */
    private void add(int x, int y, double amount) {
      if (x >= 0 && x < width && y >= 0 && y < height) {
        light[y * width + x] += amount;
      }
    }

    PointSpreadFunction kernel() {
      float[] values = new float[light.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) light[i];
      }
      return PointSpreadFunction.of(values, width, height);
    }
  }
}
