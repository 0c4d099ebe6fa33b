package io.github.posteriorj.training;

import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Sharp images, mapped to a model's range and divided into what is learned from and what judges.
 *
 * <p>Each image is mapped by its own quantiles: a thousandth of its pixels is darker than the
 * model's black, a thousandth brighter than its white. One image in five judges; of a single image,
 * the fifth at its right or lower end. No pixel is in both.
 */
public final class TrainingSet {

  private static final double QUANTILE = 1e-3;
  private static final int ONE_IN = 5;

  /** Fewer patches than this teach nothing. */
  private static final int LEAST_PATCHES = 4;

  private final List<Region> training;
  private final List<Region> validation;
  private final int patch;
  private final int channels;

  private TrainingSet(List<Region> training, List<Region> validation, int patch, int channels) {
    this.training = training;
    this.validation = validation;
    this.patch = patch;
    this.channels = channels;
  }

  /**
   * Prepares images.
   *
   * @param images the sharp images
   * @param card the prior that is to learn from them
   * @param patch the side of the square patches that are cut from them, in pixels
   * @throws IllegalArgumentException if there are too few, some are too small or have other
   *     channels than the prior, or the network does not take such patches
   */
  public static TrainingSet of(List<TrainingImage> images, PriorCard card, int patch) {
    checkPatch(card, patch);
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          "There are no images to learn from. Open an image, or give a folder of TIFF or PNG"
              + " files.");
    }
    List<Region> whole = new ArrayList<>();
    for (TrainingImage image : images) {
      check(image, card, patch);
      whole.add(Region.of(image.scaled(QUANTILE, card.constants().low(), card.constants().high())));
    }
    List<Region> training = new ArrayList<>();
    List<Region> validation = new ArrayList<>();
    if (whole.size() == 1) {
      whole.get(0).divide(patch, training, validation);
    } else {
      for (int i = 0; i < whole.size(); i++) {
        // The last of each five, and the last of all when there are fewer.
        boolean judges = i % ONE_IN == ONE_IN - 1 || whole.size() < ONE_IN && i == whole.size() - 1;
        (judges ? validation : training).add(whole.get(i));
      }
    }
    checkAmount(images, training, patch);
    return new TrainingSet(training, validation, patch, card.constants().channels());
  }

  private static void checkPatch(PriorCard card, int patch) {
    int multiple = card.constants().sizeMultiple();
    int least = card.constants().roundUp(card.constants().minimumSize());
    if (patch < least || patch % multiple != 0) {
      throw new IllegalArgumentException(
          "The patch size must be a multiple of %d from %d on, which the prior \"%s\" needs, not %d."
              .formatted(multiple, least, card.name(), patch));
    }
  }

  private static void check(TrainingImage image, PriorCard card, int patch) {
    if (image.channels() != card.constants().channels()) {
      throw new IllegalArgumentException(
          "\"%s\" has %d channel(s), but the prior \"%s\" makes images of %d. Choose another prior, or"
                  .formatted(
                      image.name(), image.channels(), card.name(), card.constants().channels())
              + " convert the images (Image > Type).");
    }
    if (Math.min(image.width(), image.height()) < patch) {
      throw new IllegalArgumentException(
          "\"%s\" is too small: %d x %d pixels, and patches of %d x %d are cut from it. Leave it out,"
                  .formatted(image.name(), image.width(), image.height(), patch, patch)
              + " or use a smaller patch_size.");
    }
  }

  private static void checkAmount(List<TrainingImage> images, List<Region> training, int patch) {
    long pixels = training.stream().mapToLong(Region::pixels).sum();
    double patches = (double) pixels / patch / patch;
    if (patches < LEAST_PATCHES) {
      throw new IllegalArgumentException(
          ("There is too little to learn from: %d image(s) with room for %.1f patches of %d x %d"
                  + " beside the validation part; %d are the least. Add images, or use a smaller"
                  + " patch_size.")
              .formatted(images.size(), patches, patch, patch, LEAST_PATCHES));
    }
  }

  /** The side of a patch, in pixels. */
  public int patch() {
    return patch;
  }

  /** Number of channels. */
  public int channels() {
    return channels;
  }

  /** Number of images, or parts of one, that are learned from. */
  public int trainingCount() {
    return training.size();
  }

  /** Number of images, or parts of one, that judge. */
  public int validationCount() {
    return validation.size();
  }

  /** A random patch to learn from, flipped and transposed at random; channel after channel. */
  float[] trainingPatch(RandomStream random) {
    return draw(training, random);
  }

  /** A random patch of those that judge. */
  float[] validationPatch(RandomStream random) {
    return draw(validation, random);
  }

  private float[] draw(List<Region> regions, RandomStream random) {
    double total = regions.stream().mapToLong(Region::pixels).sum();
    double at = random.uniform() * total;
    int chosen = 0;
    while (chosen < regions.size() - 1 && at >= regions.get(chosen).pixels()) {
      at -= regions.get(chosen).pixels();
      chosen++;
    }
    return regions.get(chosen).patch(patch, random);
  }

  /** A rectangle of an image. */
  private record Region(TrainingImage image, int left, int top, int width, int height) {

    static Region of(TrainingImage image) {
      return new Region(image, 0, 0, image.width(), image.height());
    }

    long pixels() {
      return (long) width * height;
    }

    /** Gives the end of the longer side to validation: a fifth, but at least a patch. */
    void divide(int patch, List<Region> training, List<Region> validation) {
      boolean wide = width >= height;
      int side = Math.max(width, height);
      int end = Math.max(patch, side / ONE_IN);
      int rest = side - end;
      if (rest < patch) {
        throw new IllegalArgumentException(
            ("\"%s\" alone is too small: %d x %d pixels, and a patch of %d x %d is needed for"
                    + " training and another one for validation. Add images, or use a smaller"
                    + " patch_size.")
                .formatted(image.name(), width, height, patch, patch));
      }
      if (wide) {
        training.add(new Region(image, 0, 0, rest, height));
        validation.add(new Region(image, rest, 0, end, height));
      } else {
        training.add(new Region(image, 0, 0, width, rest));
        validation.add(new Region(image, 0, rest, width, end));
      }
    }

    float[] patch(int size, RandomStream random) {
      int x0 = left + (int) (random.uniform() * (width - size + 1));
      int y0 = top + (int) (random.uniform() * (height - size + 1));
      boolean mirrored = random.uniform() < 0.5;
      boolean upsideDown = random.uniform() < 0.5;
      boolean transposed = random.uniform() < 0.5;
      float[] patch = new float[image.channels() * size * size];
      for (int channel = 0; channel < image.channels(); channel++) {
        for (int y = 0; y < size; y++) {
          for (int x = 0; x < size; x++) {
            int column = mirrored ? size - 1 - x : x;
            int row = upsideDown ? size - 1 - y : y;
            int from =
                (channel * image.height() + y0 + (transposed ? column : row)) * image.width()
                    + x0
                    + (transposed ? row : column);
            patch[(channel * size + y) * size + x] = image.pixels()[from];
          }
        }
      }
      return patch;
    }
  }
}
