package io.github.posteriorj.prior;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network must keep to be a consistency function f(x_t, t), beyond what is checked of every
 * network ({@link ConsistencyModel#of}: shapes, and a gradient that reaches the input).
 *
 * <ul>
 *   <li>it takes canvases that are not square, of any multiple of the declared size,
 *   <li>its output is finite at noise levels from sigma_max to sigma_min,
 *   <li>it is deterministic: no dropout, no noise of its own,
 *   <li>the images of a batch, each with its own noise level, do not see each other,
 *   <li>f(x, sigma_min) = x (Song et al. 2023, section 3),
 *   <li>where a reach is declared, windows with their halo give what the whole gives.
 * </ul>
 */
public final class ConsistencyContract {

  /** Axes of a batch of images. */
  private static final int HEIGHT = 2;

  private static final int WIDTH = 3;

  private static final int LAST_LEVEL = 39;
  private static final int LEVEL_STEP = 13;

  /** The share of the range of values that rounding of float32 in other kernels may make. */
  private static final double ROUNDING = 1e-3;

  /** A clean image may change by this share of the noise that counts as none. */
  private static final double BOUNDARY_SHARE = 0.1;

  private final ConsistencyModel model;
  private final PriorConstants constants;
  private final ImageSize size;

  private ConsistencyContract(ConsistencyModel model) {
    this.model = model;
    this.constants = model.constants();
    int least = constants.roundUp(constants.minimumSize());
    this.size = ImageSize.ofPlane(constants.channels(), least, least + constants.sizeMultiple());
  }

  /**
   * Checks a network.
   *
   * @throws IOException if it breaks the contract; the message says in what
   */
  public static void check(ConsistencyModel model) throws IOException {
    ConsistencyContract contract = new ConsistencyContract(model);
    try {
      contract.checkLevels();
      contract.checkDeterminism();
      contract.checkBatch();
      contract.checkBoundary();
      contract.checkLocality();
    } catch (EngineException e) {
      throw model
          .contract()
          .failed(
              "it fails on an image of shape %s (size_multiple is %d): %s"
                  .formatted(
                      contract.size.shape(), contract.constants.sizeMultiple(), e.getMessage()),
              e);
    }
  }

  private void checkLevels() throws IOException {
    for (int i = 0; i <= LAST_LEVEL; i += LEVEL_STEP) {
      double sigma = level(i);
      for (float value : denoised(noisy(0, sigma), (float) sigma)) {
        if (!Float.isFinite(value)) {
          throw broken("its output is not finite at the noise level sigma = " + (float) sigma);
        }
      }
    }
  }

  private void checkDeterminism() throws IOException {
    float sigma = middleLevel();
    float[] image = noisy(0, sigma);
    double difference = difference(denoised(image, sigma), denoised(image, sigma));
    if (difference > tolerance()) {
      throw broken(
          "it answers the same input with other values each time (they differ by %s): it may hold"
                  .formatted((float) difference)
              + " dropout or draw noise. Export it in evaluation mode, model.eval()");
    }
  }

  private void checkBatch() throws IOException {
    float[] levels = {middleLevel(), (float) constants.sigmaMax()};
    List<float[]> images = new ArrayList<>();
    List<float[]> alone = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      images.add(noisy(i, levels[i]));
      alone.add(denoised(images.get(i), levels[i]));
    }
    double difference = difference(joined(alone), denoised(joined(images), levels));
    if (difference > tolerance()) {
      throw broken(
          "an image's result depends on the other images of the batch or on their noise levels (it"
              + " differs by %s): sigma must be used image by image, and statistics not taken over"
                  .formatted((float) difference)
              + " the batch");
    }
  }

  private void checkBoundary() throws IOException {
    float[] image = noisy(0, 0);
    double difference = difference(image, denoised(image, (float) constants.sigmaMin()));
    if (difference > BOUNDARY_SHARE * constants.sigmaMin()) {
      throw broken(
          "f(x, sigma_min) must be x, but differs from it by up to %s at sigma_min = %s. Check"
                  .formatted((float) difference, constants.sigmaMin())
              + " sigma_min; a diffusion denoiser is no consistency model");
    }
  }

  private void checkLocality() throws IOException {
    if (constants.locality().isPresent()) {
      Locality locality = constants.locality().get();
      checkWindows(locality, HEIGHT);
      checkWindows(locality, WIDTH);
    }
  }

  /** Takes away the first pixels of a strip along an axis, then the last ones. */
  private void checkWindows(Locality locality, int axis) throws IOException {
    int cut = locality.stride();
    int least = constants.roundUp(constants.minimumSize());
    int length = cut + Math.max(least, locality.halo() + cut);
    ImageSize strip =
        axis == HEIGHT ? size.withPlanes(length, least) : size.withPlanes(least, length);
    float sigma = middleLevel();
    try (NDManager scope = model.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, noisy(strip, 0, sigma), strip.batch(1));
      NDArray whole = model.origin(x, sigma);
      NDArray right = model.origin(along(axis, x, cut, length), sigma);
      NDArray left = model.origin(along(axis, x, 0, length - cut), sigma);
      int seen = length - cut - locality.halo();
      double difference =
          Math.max(
              difference(
                  along(axis, whole, length - seen, length),
                  along(axis, right, length - cut - seen, length - cut)),
              difference(along(axis, whole, 0, seen), along(axis, left, 0, seen)));
      if (difference > tolerance()) {
        throw broken(
            "a pixel depends on others that are farther away than the reach of %d pixels that is"
                    .formatted(locality.reach())
                + " declared (by up to %s). Correct reach, or leave it out"
                    .formatted((float) difference));
      }
    }
  }

  private static NDArray along(int axis, NDArray images, long from, long to) {
    return images.get(new NDIndex().addAllDim(axis).addSliceDim(from, to));
  }

  private static double difference(NDArray a, NDArray b) {
    return difference(a.toFloatArray(), b.toFloatArray());
  }

  private float[] noisy(int number, double sigma) {
    return noisy(size, number, sigma);
  }

  /** An image of the usual contrast, with noise. */
  private float[] noisy(ImageSize size, int number, double sigma) {
    int pixels = Math.toIntExact(size.shape().size());
    float[] image = RandomStream.of(0, 2L * number + 1).gaussian(pixels);
    float[] noise = RandomStream.of(0, 2L * number + 2).gaussian(pixels);
    double contrast = (constants.high() - constants.low()) / 4;
    for (int i = 0; i < pixels; i++) {
      image[i] = (float) (contrast * image[i] + sigma * noise[i]);
    }
    return image;
  }

  private float[] denoised(float[] images, float... levels) throws IOException {
    try (NDManager scope = model.newScope()) {
      Shape batch = size.batch(levels.length);
      NDArray output = model.origin(DeviceArrays.copyOf(scope, images, batch), levels);
      if (!output.getShape().equals(batch)) {
        throw broken("it answers an image of shape " + batch + " with " + output.getShape());
      }
      return output.toFloatArray();
    }
  }

  private float middleLevel() {
    return (float) level(LAST_LEVEL / 2);
  }

  private double level(int i) {
    return constants.karrasLevel((double) i / LAST_LEVEL);
  }

  private double tolerance() {
    return ROUNDING * (constants.high() - constants.low());
  }

  private static double difference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  private static float[] joined(List<float[]> arrays) {
    int length = arrays.get(0).length;
    float[] all = new float[length * arrays.size()];
    for (int i = 0; i < arrays.size(); i++) {
      System.arraycopy(arrays.get(i), 0, all, i * length, length);
    }
    return all;
  }

  private IOException broken(String problem) {
    return model.contract().broken(problem, null);
  }
}
