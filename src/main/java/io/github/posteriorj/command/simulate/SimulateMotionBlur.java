package io.github.posteriorj.command.simulate;

import io.github.posteriorj.image.Planes;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.MotionKernels;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Blurs the active image by a motion of the camera, and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate Motion Blur...", weight = 5)
    },
    description = "Simulates motion blur along a straight line or a random path, with noise.")
public class SimulateMotionBlur extends SimulateCommand {

  private static final String STRAIGHT = "straight";
  private static final String RANDOM = "random";

  /** Streams of random numbers apart from the noise's, 0. */
  private static final long PATH_STREAM = 1;

  @Parameter(
      label = "Path of the motion",
      description = "A straight line, or the random path of a camera held by hand.",
      choices = {STRAIGHT, RANDOM},
      persist = false)
  private String path = STRAIGHT;

  @Parameter(
      label = "Length of the motion (pixels)",
      description = "Length of a straight line; for a random path, side of the kernel.",
      min = "0",
      style = DECIMALS,
      persist = false)
  private double length = 9;

  @Parameter(
      label = "Angle of a straight motion (degrees)",
      description = "Of a straight line with the rows, counter-clockwise.",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "path=" + STRAIGHT))
  private double angle = 0;

  @Parameter(
      label = "Shaking of a random motion",
      description = "Of a random path: from 0, straight, to 1, shaken much.",
      min = "0",
      max = "1",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "path=" + RANDOM))
  private double shaking = 0.5;

  private PointSpreadFunction kernel;

  @Override
  protected ForwardOperator operator() {
    kernel =
        path.equals(RANDOM)
            ? MotionKernels.randomPath(
                (int) Math.round(length), shaking, RandomStream.of(seed(), PATH_STREAM))
            : MotionKernels.straight(length, angle);
    return new MirroredConvolution(kernel);
  }

  @Override
  protected Map<String, RandomAccessibleInterval<FloatType>> ingredients() {
    return Map.of("-kernel", Planes.of(kernel.values(), kernel.width(), kernel.height()));
  }
}
