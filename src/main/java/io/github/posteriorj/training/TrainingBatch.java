package io.github.posteriorj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TrainableNetwork;
import java.util.function.Function;

/**
 * Patches with the same noise at two levels each, and the consistency loss on them:
 *
 * <p>mean over i of (sqrt(|f(x + t e, t) - f(x + r e, r)|² / d + c²) - c) / (t - r), where the
 * second term takes no gradient, d is the number of pixels, and c = 0.00054.
 *
 * <p>Source: Song and Dhariwal, "Improved Techniques for Training Consistency Models", ICLR 2024,
 * section 3.3 (the pseudo-Huber distance; here divided by sqrt(d)) and 3.2 (no average of the
 * target); Geng et al. 2025 (the weight 1 / (t - r)).
 *
 * @param upper [N, C, H, W] images x + t e
 * @param upperLevels N levels t
 * @param lower images x + r e
 * @param lowerLevels N levels r
 * @param shape [N, C, H, W]
 */
record TrainingBatch(
    float[] upper, float[] upperLevels, float[] lower, float[] lowerLevels, Shape shape) {

  private static final double HUBER = 0.00054;

  /** Makes a batch of patches, their levels, and fresh noise. */
  static TrainingBatch of(
      int count,
      Shape patch,
      Function<Integer, float[]> patches,
      Function<Integer, NoisePairs.Pair> pairs,
      RandomStream random) {
    int size = Math.toIntExact(patch.size());
    float[] upper = new float[count * size];
    float[] lower = new float[count * size];
    float[] upperLevels = new float[count];
    float[] lowerLevels = new float[count];
    for (int i = 0; i < count; i++) {
      float[] image = patches.apply(i);
      NoisePairs.Pair pair = pairs.apply(i);
      upperLevels[i] = (float) pair.upper();
      lowerLevels[i] = (float) pair.lower();
      float[] noise = random.gaussian(size);
      for (int pixel = 0; pixel < size; pixel++) {
        upper[i * size + pixel] = image[pixel] + upperLevels[i] * noise[pixel];
        lower[i * size + pixel] = image[pixel] + lowerLevels[i] * noise[pixel];
      }
    }
    return new TrainingBatch(
        upper, upperLevels, lower, lowerLevels, new Shape(count).addAll(patch));
  }

  /** Takes a step down the loss's gradient; returns the loss before it. */
  float train(TrainableNetwork network) {
    try (NDManager scope = network.newScope()) {
      NDArray target = target(network, scope);
      return network.step(() -> loss(network, scope, target));
    }
  }

  /** The loss. */
  float evaluate(TrainableNetwork network) {
    try (NDManager scope = network.newScope()) {
      return network.withoutGradient(() -> loss(network, scope, target(network, scope)).getFloat());
    }
  }

  private NDArray target(TrainableNetwork network, NDManager scope) {
    return network.withoutGradient(
        () ->
            network.forward(DeviceArrays.copyOf(scope, lower, shape), levels(scope, lowerLevels)));
  }

  private NDArray loss(TrainableNetwork network, NDManager scope, NDArray target) {
    NDArray output =
        network.forward(DeviceArrays.copyOf(scope, upper, shape), levels(scope, upperLevels));
    NDArray squares = output.sub(target).square().reshape(shape.get(0), -1).mean(new int[] {1});
    NDArray distance =
        squares
            .add(DeviceArrays.constant(scope, HUBER * HUBER))
            .sqrt()
            .sub(DeviceArrays.constant(scope, HUBER));
    float[] weights = new float[upperLevels.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 / (upperLevels[i] - lowerLevels[i]);
    }
    return distance.mul(levels(scope, weights)).mean();
  }

  private NDArray levels(NDManager scope, float[] values) {
    return DeviceArrays.copyOf(scope, values, new Shape(values.length));
  }
}
