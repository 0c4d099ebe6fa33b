package io.github.posteriorj.training;

import io.github.posteriorj.tensor.RandomStream;

/**
 * Makes images like alpha-actinin in striated muscle: side by side lie myofibrils, gently bent,
 * each a row of bright Z-discs at a period of its own phase.
 */
public final class Sarcomeres {

  private static final double BACKGROUND = 100;
  private static final double PEAK = 4000;

  /** Standard deviation of a Z-disc along the fibril, in pixels: a microscope's blur. */
  private static final double DISC = 0.9;

  private Sarcomeres() {}

  /** Draws an image. */
  public static TrainingImage draw(int size, RandomStream random) {
    double angle = Math.PI * random.uniform();
    double period = 6.5 + 2 * random.uniform();
    double fibril = 8 + 4 * random.uniform();
    double bend = 6 * random.uniform();
    double bendLength = size * (0.8 + random.uniform());
    double bendPhase = 2 * Math.PI * random.uniform();
    int lanes = 2 * (int) (3 * size / fibril);
    double[] phases = new double[lanes];
    double[] heights = new double[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      // Neighbours are nearly, but not quite, in register.
      phases[lane] = (lane == 0 ? 0 : phases[lane - 1]) + 1.2 * random.gaussian();
      heights[lane] = 0.5 + 0.5 * random.uniform();
    }
    float[] pixels = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double along = x * Math.cos(angle) + y * Math.sin(angle);
        double across =
            y * Math.cos(angle)
                - x * Math.sin(angle)
                + bend * Math.sin(2 * Math.PI * along / bendLength + bendPhase);
        int lane = Math.floorMod((int) Math.floor(across / fibril), lanes);
        double inFibril = across / fibril - Math.floor(across / fibril);
        double turns = (along + phases[lane]) / period;
        double distance = period * Math.abs(turns - Math.rint(turns));
        double disc = Math.exp(-distance * distance / (2 * DISC * DISC));
        double profile = Math.pow(Math.sin(Math.PI * inFibril), 0.7);
        pixels[y * size + x] = (float) (BACKGROUND + PEAK * heights[lane] * disc * profile);
      }
    }
    return new TrainingImage("sarcomeres", pixels, 1, size, size);
  }
}
