package io.github.posteriorj.command.prior;

import ij.ImagePlus;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.job.Generator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.PriorConstants;
import io.github.posteriorj.prior.PriorDraws;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.text.Info;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images drawn from a prior, as an ImageJ stack. */
final class PriorImages {

  private PriorImages() {}

  /**
   * What to draw.
   *
   * @param samples number of images
   * @param width of each, in pixels
   * @param height of each, in pixels
   * @param generator what makes them
   * @param steps generation steps
   * @param seed the same seed gives the same images
   */
  record Draw(int samples, int width, int height, Generator generator, int steps, long seed) {}

  /** Draws the images; a prior of several channels gives a composite image. */
  static ImagePlus draw(GenerativeModel model, String title, Draw wish, Progress progress) {
    PriorConstants constants = model.constants();
    ImageSize size = ImageSize.ofPlane(constants.channels(), wish.height(), wish.width());
    PriorDraws draws =
        new PriorDraws(
            model, model.forImages(wish.steps(), size.shape(), wish.seed()), wish.seed());
    int pixels = size.pixelsOfAPlane();
    List<float[]> planes = new ArrayList<>();
    for (int sample = 0; sample < wish.samples(); sample++) {
      float[] image = draws.draw(sample);
      for (int channel = 0; channel < constants.channels(); channel++) {
        planes.add(Arrays.copyOfRange(image, channel * pixels, (channel + 1) * pixels));
      }
      progress.advanced("Sampling", sample + 1, wish.samples());
    }
    ImagePlus stack =
        ResultImages.create(
            title, Planes.stack(planes, wish.width(), wish.height()), null, info(model, wish));
    return constants.channels() == 1
        ? ResultImages.withDisplay(stack, LookUpTables.gray(), constants.low(), constants.high())
        : ResultImages.withChannels(stack, constants.channels(), constants.low(), constants.high());
  }

  private static String info(GenerativeModel model, Draw wish) {
    return new Info()
        .add("Made by", "PosteriorJ " + Installation.version())
        .add("Prior", model.name())
        .add("Prior's SHA-256", model.sha256())
        .add("Generator", wish.generator().label())
        .add("Generation steps", wish.steps())
        .add("Device", model.device().label())
        .add("Seed", wish.seed())
        .toString();
  }
}
