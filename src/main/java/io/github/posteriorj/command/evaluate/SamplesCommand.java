package io.github.posteriorj.command.evaluate;

import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.EnsembleImage;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.text.Info;
import java.io.IOException;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/**
 * A command on a stack of samples.
 *
 * @param <R> what is computed in the background and shown afterwards
 */
public abstract class SamplesCommand<R> extends BackgroundCommand<R> {

  @Parameter(
      label = "Samples",
      description = "A stack of samples, as restore commands leave it (-samples).",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Axis of the samples",
      description =
          "Along which axis of a hyperstack the samples lie. Automatic: the only one, or the one as"
              + " long as the Info says.",
      choices = {"automatic", "slices", "frames"},
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.IMAGE))
  private String sample_axis = "automatic";

  private EnsembleImage samples;

  @Override
  protected void prepare() throws IOException {
    samples = EnsembleImage.of(imageOf(InputPlane.IMAGE).orElse(null), sample_axis);
  }

  /** The samples that were given. */
  protected final EnsembleImage samples() {
    return samples;
  }

  /** The beginning of a result's Info: who made it, and of what. */
  protected final Info info() {
    return new Info()
        .add("Made by", "PosteriorJ " + Installation.version())
        .add("Samples of", samples.image().getTitle())
        .add("Number of samples", samples.count());
  }
}
