package io.github.posteriorj.command.simulate;

import io.github.posteriorj.image.Planes;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Hides pixels of the active image: at random, or a box; and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Mask...", weight = 6)
    },
    description = "Simulates missing pixels: hides random pixels or a box, with noise.")
public class SimulateMask extends SimulateCommand {

  /** Streams of random numbers apart from the noise's, 0. */
  private static final long MASK_STREAM = 1;

  @Parameter(
      label = "Share of visible pixels",
      description = "Share of the pixels that are visible, drawn at random, where no box is given.",
      min = "0",
      max = "1",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "box_width=0;box_height=0"))
  private double visible = 0.2;

  @Parameter(
      label = "Width of a hidden box (0: none)",
      description =
          "Columns of a hidden box in the middle of the image, in place of random pixels.",
      min = "0",
      persist = false)
  private int box_width = 0;

  @Parameter(
      label = "Height of a hidden box",
      description = "Rows of the hidden box.",
      min = "0",
      persist = false)
  private int box_height = 0;

  private PixelMask mask;

  @Override
  protected ForwardOperator operator() {
    int width = image().getWidth();
    int height = image().getHeight();
    mask =
        box_width > 0 || box_height > 0
            ? PixelMask.hiddenBox(
                width,
                height,
                (width - box_width) / 2,
                (height - box_height) / 2,
                box_width,
                box_height)
            : PixelMask.random(width, height, visible, RandomStream.of(seed(), MASK_STREAM));
    return mask;
  }

  @Override
  protected Map<String, RandomAccessibleInterval<FloatType>> ingredients() {
    return Map.of("-mask", Planes.of(mask.values(), mask.width(), mask.height()));
  }
}
