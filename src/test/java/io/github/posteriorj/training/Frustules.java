package io.github.posteriorj.training;

import io.github.posteriorj.tensor.RandomStream;

/**
 * Makes images like the stained silica shells of diatoms: a hexagonal lattice of dark pores between
 * bright walls, gently bent, and thicker in some places than in others.
 */
public final class Frustules {

  private static final double BACKGROUND = 100;
  private static final double PEAK = 4000;

  /** Directions of the lattice's three waves; they are 60 degrees apart. */
  private static final int WAVES = 3;

  private Frustules() {}

  /** Draws an image. */
  public static TrainingImage draw(int size, RandomStream random) {
    double angle = Math.PI * random.uniform();
    // From pore to pore.
    double spacing = 7 + 2.5 * random.uniform();
    double frequency = 4 * Math.PI / (Math.sqrt(3) * spacing);
    double bend = 3 * random.uniform();
    double bendLength = size * (0.6 + 0.6 * random.uniform());
    double bendPhase = 2 * Math.PI * random.uniform();
    double thickLength = 24 + 24 * random.uniform();
    double thickPhase = 2 * Math.PI * random.uniform();
    // Of the waves' sum, which is 3 in the middle of a pore and -1.5 in the corners between three.
    double edge = -0.1 + 0.6 * random.uniform();
    float[] pixels = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double along = x * Math.cos(angle) + y * Math.sin(angle);
        double across =
            y * Math.cos(angle)
                - x * Math.sin(angle)
                + bend * Math.sin(2 * Math.PI * along / bendLength + bendPhase);
        double sum = 0;
        for (int wave = 0; wave < WAVES; wave++) {
          double direction = wave * Math.PI / WAVES;
          sum += Math.cos(frequency * (along * Math.cos(direction) + across * Math.sin(direction)));
        }
        // As steep as a microscope's blur leaves the edge of a pore.
        double wall = 1 / (1 + Math.exp(3 * (sum - edge)));
        double thickness =
            0.7 + 0.3 * Math.sin(2 * Math.PI * (across + 0.5 * along) / thickLength + thickPhase);
        pixels[y * size + x] = (float) (BACKGROUND + PEAK * thickness * wall);
      }
    }
    return new TrainingImage("frustules", pixels, 1, size, size);
  }
}
