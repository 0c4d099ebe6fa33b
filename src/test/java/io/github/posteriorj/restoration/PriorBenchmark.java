package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.IJ;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Restores images with priors and writes a table: PSNR in dB of the measurement, of Richardson-Lucy
 * at its best number of iterations, and of the posterior mean with each prior, for the six forward
 * operators of the papers in their settings.
 *
 * <p>The images are square, with intensities in the priors' range, [-1, 1]. Richardson-Lucy is told
 * the truth to stop at its best, and applies where a linear operator looks at all pixels.
 */
public final class PriorBenchmark {

  private static final List<String> OPERATORS =
      List.of(
          Instruments.GAUSSIAN_BLUR,
          Instruments.AVERAGE_POOLING,
          Instruments.MASK,
          Instruments.NEURAL_BLUR,
          Instruments.FOURIER_MAGNITUDE,
          Instruments.HDR);

  private static final List<String> SEEN_IN_FULL =
      List.of(Instruments.GAUSSIAN_BLUR, Instruments.AVERAGE_POOLING);

  private static final double BLACK = -1;
  private static final double WHITE = 1;
  private static final int SAMPLES = 8;
  private static final int CHAINS = 2;
  private static final int RICHARDSON_LUCY = 50;

  private PriorBenchmark() {}

  /**
   * Writes the table: operator, image, method, PSNR, and iterations of Richardson-Lucy. The method
   * is the name of the prior's folder where it is a posterior mean.
   *
   * @param arguments the table's path, a folder of TIFF files, the seed, and the priors' folders
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 4) {
      throw new IllegalArgumentException(
          "The arguments are a table to write, a folder of images, a seed and priors' folders.");
    }
    Path table = Path.of(arguments[0]);
    List<Path> images;
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      images = files.filter(file -> file.toString().endsWith(".tif")).sorted().toList();
    }
    long seed = Long.parseLong(arguments[2]);
    List<Path> priors =
        Arrays.stream(arguments, 3, arguments.length).map(Path::of).map(Path::normalize).toList();
    Path part = table.resolveSibling(table.getFileName() + ".part");
    try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(part), CSVFormat.RFC4180);
        NetworkOperator network = Instruments.neuralBlur()) {
      printer.printRecord("operator", "image", "method", "psnr", "iterations");
      for (int number = 0; number < images.size(); number++) {
        String name = images.get(number).getFileName().toString().replaceFirst("[.]tif$", "");
        restore(printer, network, name, truth(images.get(number)), priors, seed + number);
        printer.flush();
      }
    }
    Files.move(part, table, StandardCopyOption.REPLACE_EXISTING);
  }

  private static float[] truth(Path file) {
    RandomAccessibleInterval<FloatType> image =
        InputPlane.read(IJ.openImage(file.toAbsolutePath().toString()));
    if (image.dimension(0) != image.dimension(1)) {
      throw new IllegalArgumentException(
          "The images must be square, but %s has %d x %d pixels."
              .formatted(file, image.dimension(0), image.dimension(1)));
    }
    return Planes.pixels(image);
  }

  private static void restore(
      CSVPrinter printer,
      NetworkOperator network,
      String image,
      float[] truth,
      List<Path> priors,
      long seed)
      throws IOException {
    int size = (int) Math.round(Math.sqrt(truth.length));
    Map<String, ForwardOperator> operators = Instruments.operators(size, BLACK, WHITE, network);
    for (int number = 0; number < OPERATORS.size(); number++) {
      String name = OPERATORS.get(number);
      ForwardOperator operator = operators.get(name);
      Instruments.Simulated measured;
      try (NDManager scope = ComputeDevice.CPU.newScope()) {
        measured =
            Instruments.measure(
                scope, operator, truth, WHITE - BLACK, RandomStream.of(seed, number));
        if (measured.picture().isPresent()) {
          double psnr = PeakSignalToNoise.of(measured.picture().get(), truth);
          print(printer, name, image, "measurement", psnr, "");
        }
        if (SEEN_IN_FULL.contains(name) && operator instanceof LinearOperator linear) {
          richardsonLucy(printer, scope, name, linear, image, truth, measured.y());
        }
      }
      for (Path prior : priors) {
        double psnr = PeakSignalToNoise.of(posteriorMean(prior, operator, measured, seed), truth);
        print(printer, name, image, prior.getFileName().toString(), psnr, "");
      }
    }
  }

  private static void richardsonLucy(
      CSVPrinter printer,
      NDManager scope,
      String name,
      LinearOperator operator,
      String image,
      float[] truth,
      Measurement y)
      throws IOException {
    // The operators that see all pixels keep constants: black can be taken off before them.
    NDArray raised = scope.create(y.values(), new Shape(1).addAll(y.shape())).sub((float) BLACK);
    double best = Double.NEGATIVE_INFINITY;
    int iterations = 0;
    for (int i = 1; i <= RICHARDSON_LUCY; i++) {
      NDArray estimate = RichardsonLucy.deconvolve(operator, raised, i).add((float) BLACK);
      double psnr = PeakSignalToNoise.of(estimate.toFloatArray(), truth);
      if (psnr > best) {
        best = psnr;
        iterations = i;
      }
    }
    print(printer, name, image, "Richardson-Lucy", best, String.valueOf(iterations));
  }

  private static float[] posteriorMean(
      Path prior, ForwardOperator operator, Instruments.Simulated measured, long seed)
      throws IOException {
    SamplerSettings settings =
        SamplerSettings.standard(SAMPLES, seed).withChains(CHAINS).withTransitions(1, 1);
    try (ConsistencyModel model = PriorFolders.open(prior)) {
      PosteriorSummary summary =
          Restorations.of(model, 1, operator, settings, Instruments.restarts(operator))
              .run(
                  measured.y(),
                  new GaussianNoise(measured.noise()),
                  Optional.of(new IntensityRange(BLACK, WHITE)),
                  Progress.NONE);
      return Planes.pixels(summary.mean());
    }
  }

  private static void print(
      CSVPrinter printer,
      String operator,
      String image,
      String method,
      double psnr,
      String iterations)
      throws IOException {
    printer.printRecord(
        operator, image, method, String.format(Locale.ROOT, "%.2f", psnr), iterations);
  }
}
