package io.github.posteriorj.ensemble;

/** A number for each pixel, of images that arrive one after another. */
public interface PixelStatistic {

  /**
   * Takes one image in.
   *
   * @param image as many pixels as every other one; nobody changes it afterwards
   * @param chain the chain that it was drawn by, counted from 0
   */
  void add(float[] image, int chain);

  /** The numbers, in a new array; NaN where the images tell none. */
  float[] values();
}
