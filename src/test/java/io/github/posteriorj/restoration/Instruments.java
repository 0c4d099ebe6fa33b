package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.AiryDisk;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.MaskedValues;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.MotionKernels;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.operator.NeuralBlur;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.operator.PseudoInvertible;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The forward operators of the benchmarks, and what is measured with them. */
public final class Instruments {

  static final String GAUSSIAN_BLUR = "Gaussian blur, 3 pixels";
  static final String AVERAGE_POOLING = "average pooling by 4";
  static final String MASK = "mask, 20 % visible";
  static final String HDR = "HDR, clip(2 x, -1, 1)";
  static final String NEURAL_BLUR = "neural blur";
  public static final String FOURIER_MAGNITUDE = "Fourier magnitude, padding 1/4";

  private static final Path NEURAL_BLUR_FILE =
      Path.of("models/operators/neural-blur/neural-blur.pt");

  /** Of the range of intensities: the papers' 0.1 of [-1, 1]. */
  public static final double NOISE_SHARE = 0.05;

  /**
   * A measurement, and the image that shows it.
   *
   * @param y what was measured; hidden pixels are NaN
   * @param noise standard deviation of its noise
   * @param picture the measurement, or its pseudo-inverse where there is one; none of a Fourier
   *     magnitude
   */
  record Simulated(Measurement y, double noise, Optional<float[]> picture) {}

  private Instruments() {}

  /** Opens the neural blur. */
  public static NetworkOperator neuralBlur() throws IOException {
    return NetworkOperator.open(NEURAL_BLUR_FILE, ComputeDevice.CPU, 5);
  }

  /**
   * The operators by name, on square images.
   *
   * @param size the images' side, in pixels
   * @param black what the papers' -1 is in the images' units
   * @param white what the papers' 1 is
   * @param network the neural blur
   */
  public static Map<String, ForwardOperator> operators(
      int size, double black, double white, NetworkOperator network) {
    Map<String, ForwardOperator> operators = new LinkedHashMap<>();
    double half = (white - black) / 2;
    double middle = (white + black) / 2;
    operators.put("identity", new Identity());
    operators.put(GAUSSIAN_BLUR, new GaussianBlur(3));
    operators.put(
        "Airy disk, 520 nm, NA 0.8, 80 nm pixels",
        new MirroredConvolution(PointSpreadFunction.of(new AiryDisk(0.52, 0.8), 0.08, size)));
    operators.put(
        "motion, random path, 15 pixels",
        new MirroredConvolution(MotionKernels.randomPath(15, 0.5, RandomStream.of(3, 1))));
    operators.put(AVERAGE_POOLING, new AveragePooling(4));
    operators.put(MASK, PixelMask.random(size, size, 0.2, RandomStream.of(3, 2)));
    operators.put("mask, 16 x 16 box hidden", PixelMask.hiddenBox(size, size, 16, 16, 16, 16));
    operators.put(
        HDR,
        // On intensities, where the range's middle is the papers' 0.
        Composition.of(
            new Affine(1, -middle / 2), new ClippedGain(2, middle - half, middle + half)));
    operators.put(
        NEURAL_BLUR,
        Composition.of(
            new Affine(1 / half, -middle / half),
            new NeuralBlur(network),
            new Affine(half, middle)));
    operators.put(FOURIER_MAGNITUDE, new FourierMagnitude(FourierMagnitude.QUARTER));
    return operators;
  }

  /**
   * Measures an image, with Gaussian noise of 5 % of the range, half of it for a Fourier magnitude.
   *
   * @param manager where the tensors of the computation live
   * @param operator the instrument
   * @param truth the image, square
   * @param range of intensities: white minus black
   * @param random draws the noise
   */
  static Simulated measure(
      NDManager manager,
      ForwardOperator operator,
      float[] truth,
      double range,
      RandomStream random) {
    boolean phaseless = operator instanceof FourierMagnitude;
    double noise = NOISE_SHARE * range / (phaseless ? 2 : 1);
    int size = (int) Math.round(Math.sqrt(truth.length));
    try (NDManager scope = manager.newSubManager()) {
      NDArray clean = operator.apply(scope.create(truth, new Shape(1, 1, size, size)));
      float[] values = new GaussianLikelihood(noise).simulate(clean.toFloatArray(), random);
      Optional<float[]> picture = Optional.empty();
      if (operator instanceof PseudoInvertible invertible) {
        NDArray measurement = scope.create(values, clean.getShape());
        picture = Optional.of(invertible.pseudoInverse(measurement).toFloatArray());
      } else if (!phaseless) {
        picture = Optional.of(values.clone());
      }
      float[] seen = MaskedValues.withGaps(operator, values);
      return new Simulated(new Measurement(seen, clean.getShape().slice(1)), noise, picture);
    }
  }

  /** Chains that are run for each that is kept: a Fourier magnitude has many poor ones. */
  static int restarts(ForwardOperator operator) {
    return operator instanceof FourierMagnitude ? 3 : 1;
  }
}
