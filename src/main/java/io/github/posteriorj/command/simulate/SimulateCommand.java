package io.github.posteriorj.command.simulate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.MeasurementCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.job.Instrument;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.likelihood.NoiseLikelihood;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.profile.Camera;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.text.Info;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/**
 * Simulates a measurement of the active image: a command for one forward operator adds the
 * operator's parameters. The result is titled {@code <title>-measurement}, of 32 bits.
 */
public abstract class SimulateCommand extends MeasurementCommand<SimulateCommand.Simulated> {

  /** A measurement, and what made it. */
  protected record Simulated(
      RandomAccessibleInterval<FloatType> measurement, String operator, String noise) {}

  @Parameter(
      label = "Sharp image",
      description = "The sharp image: one gray plane of 8, 16 or 32 bits.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "Noise, standard deviation (0: none)",
      description =
          "Standard deviation of the Gaussian noise to add, in the measurement's intensity units; 0"
              + " adds none.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = {
        @Attr(name = Section.ATTRIBUTE, value = Section.NOISE),
        @Attr(name = COUNTS_WITH, value = "loss!=cross-entropy;" + GAUSSIAN)
      })
  private double noise = 0;

  @Parameter(
      label = "Seed of random numbers",
      description = "The same seed gives the same noise again.",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.SAMPLES))
  private long seed = 1;

  private Optional<NamedPlane> light;
  private Camera detector;
  private ImagePlus input;
  private Measurement sharp;

  /**
   * Reads the sharp image on ImageJ's thread: by default one gray plane.
   *
   * @param image the image that was given
   * @throws IllegalArgumentException with a message for the user
   */
  protected Measurement read(ImagePlus image) {
    return Measurement.of(InputPlane.read(image));
  }

  /**
   * The forward operator between the light and the camera; called in the background.
   *
   * @throws IllegalArgumentException if its parameters make none; the message says which
   * @throws IOException if a file that it needs cannot be read
   */
  protected abstract ForwardOperator operator() throws IOException;

  /** Called in the end, however it came, to let go of what {@link #operator()} has opened. */
  protected void close() {}

  /** The sharp image, once it is read. */
  protected final Measurement sharp() {
    return sharp;
  }

  /** The image that was given. */
  protected final ImagePlus image() {
    return input;
  }

  /** The seed of all that is random. */
  protected final long seed() {
    return seed;
  }

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
    return ResultImages.sameField(input, measurement);
  }

  @Override
  protected void prepare() throws IOException {
    super.prepare();
    light = illumination();
    detector = camera();
    input = imageOf(InputPlane.IMAGE).orElse(null);
    sharp = read(input);
  }

  @Override
  protected Simulated compute(Progress progress) throws IOException {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      ForwardOperator operator = Instrument.lit(operator(), light, background());
      Shape measured = operator.outputShape(sharp.shape());
      NDArray x = DeviceArrays.copyOf(scope, sharp.values(), new Shape(1).addAll(sharp.shape()));
      float[] prediction = operator.apply(x).toFloatArray();
      Optional<NoiseLikelihood> noiseLikelihood = noiseLikelihood(measured);
      float[] measurement =
          noiseLikelihood
              .map(likelihood -> likelihood.simulate(prediction, RandomStream.of(seed, 0)))
              .orElse(prediction);
      String name = noiseLikelihood.map(Object::toString).orElse("none");
      return new Simulated(plane(measurement, measured), operator.toString(), name);
    } finally {
      close();
    }
  }

  /**
   * The noise to add, if any: by default what the parameters say.
   *
   * @param measured the measurement's shape
   */
  protected Optional<NoiseLikelihood> noiseLikelihood(Shape measured) {
    return switch (detector.noiseModel()) {
      case POISSON ->
          Optional.of(
              PoissonGaussianLikelihood.poisson(detector.cameraGain(), detector.cameraOffset()));
      case POISSON_GAUSSIAN ->
          Optional.of(
              new PoissonGaussianLikelihood(
                  detector.cameraGain(), detector.cameraOffset(), detector.readSigma()));
      case GAUSSIAN -> noise == 0 ? Optional.empty() : Optional.of(new GaussianLikelihood(noise));
    };
  }

  /** The measurement as an image: by default an image as it is, other values as a row. */
  protected RandomAccessibleInterval<FloatType> plane(float[] values, Shape shape) {
    return shape.dimension() == 3 && shape.get(0) == 1
        ? Planes.of(values, shape.get(2), shape.get(1))
        : Planes.of(values, values.length, 1);
  }

  @Override
  protected void show(Simulated simulated) {
    String info =
        new Info()
            .add("Made by", "PosteriorJ " + Installation.version())
            .add("Simulated from", input.getTitle())
            .add("Forward operator", simulated.operator())
            .add("Noise", simulated.noise())
            .add("Seed", seed)
            .toString();
    ingredients()
        .forEach(
            (suffix, pixels) ->
                ResultImages.show(
                    ResultImages.create(input.getTitle() + suffix, pixels, null, info)));
    RandomAccessibleInterval<FloatType> measurement = simulated.measurement();
    ImagePlus shown =
        ResultImages.create(
            input.getTitle() + "-measurement", measurement, calibration(measurement), info);
    ResultImages.show(ResultImages.withNotes(shown, input));
  }
}
