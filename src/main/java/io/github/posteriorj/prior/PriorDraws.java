package io.github.posteriorj.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;

/**
 * Independent images from a prior alone: each from unit noise of its own stream of random numbers.
 *
 * @param model the model
 * @param prior its map from noise to images of one size
 * @param seed the same seed gives the same images
 */
public record PriorDraws(GenerativeModel model, CroppedPrior prior, long seed) {

  /**
   * Draws an image.
   *
   * @param number which one, from 0
   * @return its pixels, channel after channel, X running fastest
   */
  public float[] draw(int number) {
    Shape noise = prior.latentShape();
    float[] z = RandomStream.of(seed, number).gaussian(Math.toIntExact(noise.size()));
    try (NDManager scope = model.newScope()) {
      NDArray image = prior.generate(DeviceArrays.copyOf(scope, z, new Shape(1).addAll(noise)));
      return image.toFloatArray();
    }
  }
}
