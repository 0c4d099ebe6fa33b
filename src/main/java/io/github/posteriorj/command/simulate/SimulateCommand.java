package io.github.posteriorj.command.simulate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Info;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.Progress;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.plugin.Parameter;

/**
 * Simulates a measurement of the active image: a command for one forward operator adds the
 * operator's parameters. The result is titled {@code <title>-measurement}, of 32 bits.
 */
public abstract class SimulateCommand extends BackgroundCommand<SimulateCommand.Simulated> {

  /** A measurement and the name of the operator that made it. */
  protected record Simulated(RandomAccessibleInterval<FloatType> measurement, String operator) {}

  @Parameter(
      label = "Image",
      description = "The sharp image: one gray plane of 8, 16 or 32 bits.",
      required = false,
      persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Noise, standard deviation",
      description =
          "Standard deviation of the Gaussian noise to add, in the image's intensity units; 0 adds"
              + " none.",
      min = "0",
      persist = false)
  private double noise = 0;

  @Parameter(
      label = "Seed",
      description = "The same seed gives the same noise again.",
      persist = false)
  private long seed = 1;

  private RandomAccessibleInterval<FloatType> plane;

  /**
   * The forward operator to apply; called in the background.
   *
   * @throws IllegalArgumentException if its parameters make none; the message says which
   * @throws IOException if a file that it needs cannot be read
   */
  protected abstract ForwardOperator operator() throws IOException;

  /**
   * What the operator was made of and the restore command can take, such as a mask or a kernel:
   * images by the end of their title, as in {@code "-mask"}. Called after {@link #operator()}.
   */
  protected Map<String, RandomAccessibleInterval<FloatType>> ingredients() {
    return Map.of();
  }

  /**
   * The calibration of the measurement: by default it shows the image's field of view.
   *
   * @param measurement X, Y
   */
  protected Calibration calibration(RandomAccessibleInterval<FloatType> measurement) {
    return ResultImages.sameField(image, measurement);
  }

  @Override
  protected void prepare() {
    plane = InputPlane.read(image);
  }

  @Override
  protected Simulated compute(Progress progress) throws IOException {
    ForwardOperator operator = operator();
    Shape shape = new Shape(1, plane.dimension(1), plane.dimension(0));
    Shape measured = operator.outputShape(shape);
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      NDArray sharp = DeviceArrays.copyOf(scope, Planes.pixels(plane), new Shape(1).addAll(shape));
      float[] prediction = operator.apply(sharp).toFloatArray();
      float[] measurement =
          noise == 0
              ? prediction
              : new GaussianLikelihood(noise).simulate(prediction, RandomStream.of(seed, 0));
      return new Simulated(
          Planes.of(measurement, measured.get(2), measured.get(1)), operator.toString());
    }
  }

  @Override
  protected void show(Simulated simulated) {
    String info =
        new Info()
            .add("Made by", "PosteriorJ " + Installation.version())
            .add("Simulated from", image.getTitle())
            .add("Forward operator", simulated.operator())
            .add("Noise (standard deviation)", noise)
            .add("Seed", seed)
            .toString();
    ingredients()
        .forEach(
            (suffix, pixels) ->
                ResultImages.show(
                    ResultImages.create(image.getTitle() + suffix, pixels, null, info)));
    RandomAccessibleInterval<FloatType> measurement = simulated.measurement();
    ResultImages.show(
        ResultImages.create(
            image.getTitle() + "-measurement", measurement, calibration(measurement), info));
  }
}
