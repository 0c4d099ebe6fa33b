package io.github.posteriorj.command.evaluate;

import ij.ImagePlus;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.PosteriorFigure;
import io.github.posteriorj.imagej.RestoredImages;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.progress.Progress;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws a figure of a measurement and its restoration: samples, mean, standard deviation with a
 * colour bar; of a stack, those of the plane that is shown. The result, an RGB image, is titled
 * {@code <title>-panel}.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Posterior Panel...", weight = 4)
    },
    description =
        "Draws a figure of a restoration: measurement, samples, mean, standard"
            + " deviation (uncertainty).")
public class PosteriorPanel extends BackgroundCommand<ImagePlus> {

  @Parameter(
      label = "Restored measurement",
      description =
          "The image that was restored; its results (-samples, -mean, -variance) must be open. Of a"
              + " stack, the plane that is shown.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  private RestoredImages restored;

  @Override
  protected void prepare() {
    ImagePlus input = imageOf(InputPlane.IMAGE).orElse(null);
    InputPlane.checkIsThere(input, InputPlane.IMAGE);
    InputPlane.checkIsNotIndexed(input);
    restored = new RestoredImages(input);
  }

  @Override
  protected ImagePlus compute(Progress progress) {
    return PosteriorFigure.draw(
        restored.shown(),
        restored.shownSamples(),
        restored.shownOf("-mean"),
        restored.shownOf("-variance"));
  }

  @Override
  protected void show(ImagePlus panel) {
    panel.setTitle(restored.measurement().getTitle() + "-panel");
    ResultImages.show(panel);
  }
}
