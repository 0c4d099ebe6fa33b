package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.IJ;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.AiryDisk;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.MotionKernels;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.operator.PixelMask;
import io.github.posteriorj.operator.PointSpreadFunction;
import io.github.posteriorj.operator.PseudoInvertible;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.SamplingListener;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Prints a table: each forward operator on parts of three test images, with Gaussian noise of 5 %
 * of the image's range, the papers' 0.1 of [-1, 1].
 */
public final class OperatorBenchmark {

  private static final int SIZE = 48;
  private static final long CORNER = 40;
  private static final int SAMPLES = 8;
  private static final int CHAINS = 4;
  private static final double NOISE_SHARE = 0.05;
  private static final int RESTARTS = 3;

  private OperatorBenchmark() {}

  /**
   * Prints the table, a row for each image and operator.
   *
   * @param arguments how the names of the operators to measure begin; none for all
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| operator | image | measurement | posterior mean | one sample | misfit |");
    System.out.println("|---|---|---|---|---|---|");
    try (ConsistencyModel model =
            ConsistencyModel.open(Path.of("models/microscopy-64"), ComputeDevice.CPU);
        NetworkOperator network =
            NetworkOperator.open(
                Path.of("models/operators/neural-blur/neural-blur.pt"), ComputeDevice.CPU, 5)) {
      Map<String, float[]> truths = new LinkedHashMap<>();
      for (String name : List.of("cells", "nuclei", "filaments")) {
        truths.put(name, truth(name));
      }
      for (String operator : operators(0, 1, network).keySet()) {
        if (arguments.length > 0 && Arrays.stream(arguments).noneMatch(operator::startsWith)) {
          continue;
        }
        for (Map.Entry<String, float[]> image : truths.entrySet()) {
          System.out.println(row(model, network, operator, image.getKey(), image.getValue()));
        }
      }
    }
  }

  private static Map<String, ForwardOperator> operators(
      double black, double white, NetworkOperator network) {
    Map<String, ForwardOperator> operators = new LinkedHashMap<>();
    double half = (white - black) / 2;
    double middle = (white + black) / 2;
    operators.put("identity", new Identity());
    operators.put("Gaussian blur, 3 pixels", new GaussianBlur(3));
    operators.put(
        "Airy disk, 520 nm, NA 0.8, 80 nm pixels",
        new MirroredConvolution(PointSpreadFunction.of(new AiryDisk(0.52, 0.8), 0.08, SIZE)));
    operators.put(
        "motion, random path, 15 pixels",
        new MirroredConvolution(MotionKernels.randomPath(15, 0.5, RandomStream.of(3, 1))));
    operators.put("average pooling by 4", new AveragePooling(4));
    operators.put("mask, 20 % visible", PixelMask.random(SIZE, SIZE, 0.2, RandomStream.of(3, 2)));
    operators.put("mask, 16 x 16 box hidden", PixelMask.hiddenBox(SIZE, SIZE, 16, 16, 16, 16));
    operators.put(
        "HDR, clip(2 x, -1, 1)",
        // On intensities, where the range's middle is the papers' 0.
        Composition.of(
            new Affine(1, -middle / 2), new ClippedGain(2, middle - half, middle + half)));
    operators.put(
        "neural blur",
        Composition.of(new Affine(1 / half, -middle / half), network, new Affine(half, middle)));
    operators.put("Fourier magnitude, padding 1/4", new FourierMagnitude(FourierMagnitude.QUARTER));
    return operators;
  }

  private static float[] truth(String name) {
    RandomAccessibleInterval<FloatType> sharp =
        InputPlane.read(IJ.openImage("test-images/" + name + ".tif"));
    return Planes.pixels(
        Views.interval(
            sharp,
            new long[] {CORNER, CORNER},
            new long[] {CORNER + SIZE - 1L, CORNER + SIZE - 1L}));
  }

  private static String row(
      ConsistencyModel model,
      NetworkOperator network,
      String operatorName,
      String image,
      float[] truth) {
    double black = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    double white = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    ForwardOperator operator = operators(black, white, network).get(operatorName);
    boolean phaseless = operator instanceof FourierMagnitude;
    double noise = NOISE_SHARE * (white - black) / (phaseless ? 2 : 1);
    Shape shape = new Shape(1, 1, SIZE, SIZE);
    Measurement y;
    String measured = "-";
    try (NDManager scope = model.newScope()) {
      NDArray clean = operator.apply(scope.create(truth, shape));
      float[] values =
          new GaussianLikelihood(noise).simulate(clean.toFloatArray(), RandomStream.of(11, 0));
      NDArray measurement = scope.create(values, clean.getShape());
      if (operator instanceof PseudoInvertible invertible) {
        measured = judged(invertible.pseudoInverse(measurement).toFloatArray(), truth);
      } else if (!phaseless) {
        measured = judged(values, truth);
      }
      if (operator instanceof PixelMask mask) {
        float[] visible = mask.values();
        for (int i = 0; i < values.length; i++) {
          values[i] = visible[i] > 0 ? values[i] : Float.NaN;
        }
      }
      y = new Measurement(values, clean.getShape().slice(1));
    }
    SamplerSettings settings =
        SamplerSettings.standard(SAMPLES, 1).withChains(CHAINS).withTransitions(1, 1);
    PosteriorSummary summary =
        new Restoration(model, 1, operator, settings, phaseless ? RESTARTS : 1)
            .run(
                y,
                new GaussianNoise(noise),
                Optional.of(new IntensityRange(black, white)),
                SamplingListener.NONE);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %.2f |",
        operatorName,
        image,
        measured,
        judged(Planes.pixels(summary.mean()), truth),
        judged(Planes.pixels(Views.hyperSlice(summary.samples(), 2, 0)), truth),
        summary.misfit());
  }

  private static String judged(float[] image, float[] truth) {
    return String.format(
        Locale.ROOT,
        "%.2f / %.3f",
        PeakSignalToNoise.of(image, truth),
        StructuralSimilarity.of(image, truth, SIZE));
  }
}
