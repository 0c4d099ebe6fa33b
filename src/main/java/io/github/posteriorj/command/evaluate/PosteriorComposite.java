package io.github.posteriorj.command.evaluate;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.RestoredImages;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.UncertaintyPicture;
import io.github.posteriorj.progress.Progress;
import java.util.Arrays;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Paints mean and uncertainty into one picture: an RGB image titled {@code <title>-composite} of
 * the plane that is shown, the mean as brightness and the standard deviation as colour.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Posterior Composite...", weight = 5)
    },
    description =
        "One picture of mean and uncertainty: brightness is the mean, colour the standard"
            + " deviation.")
public class PosteriorComposite extends BackgroundCommand<ImagePlus> {

  /** Share of the pixels below the full colour: a few that are very unsure do not set the scale. */
  private static final double SHOWN_SHARE = 0.995;

  @Parameter(
      label = "Restored measurement",
      description = "The image that was restored; its results (-mean, -variance) must be open.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Draw a key of the colours",
      description =
          "Beside the picture, which is enlarged if it is small. Else pixels stay as they are.",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private boolean colour_key = true;

  private ImagePlus mean;
  private ImagePlus variance;
  private String title;

  @Override
  protected void prepare() {
    ImagePlus input = imageOf(InputPlane.IMAGE).orElse(null);
    InputPlane.checkIsThere(input, InputPlane.IMAGE);
    RestoredImages restored = new RestoredImages(input);
    mean = restored.shownOf("-mean");
    variance = restored.shownOf("-variance");
    title = input.getTitle() + "-composite";
    if (mean.getStackSize() > 1) {
      throw new IllegalArgumentException(
          "\"%s\" is in colours of its own, which leave none for the uncertainty. Use Posterior Panel."
              .formatted(mean.getTitle()));
    }
  }

  @Override
  protected ImagePlus compute(Progress progress) {
    float[] means = pixels(mean);
    float[] deviations = pixels(variance);
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = (float) Math.sqrt(deviations[i]);
    }
    UncertaintyPicture picture =
        new UncertaintyPicture(
            mean.getDisplayRangeMin(), mean.getDisplayRangeMax(), fullColour(deviations));
    ColorProcessor painted = picture.paint(means, deviations, mean.getWidth(), mean.getHeight());
    ImagePlus result = new ImagePlus(title, colour_key ? picture.withKey(painted) : painted);
    if (!colour_key) {
      result.setCalibration(mean.getCalibration());
    }
    return result;
  }

  private static float[] pixels(ImagePlus image) {
    return Planes.pixels(InputPlane.readAsItIs(image, InputPlane.IMAGE));
  }

  private static double fullColour(float[] deviations) {
    float[] sorted = deviations.clone();
    Arrays.sort(sorted);
    double most = sorted[(int) ((sorted.length - 1) * SHOWN_SHARE)];
    return Math.max(most, Float.MIN_NORMAL);
  }

  @Override
  protected void show(ImagePlus result) {
    ResultImages.show(result);
  }
}
