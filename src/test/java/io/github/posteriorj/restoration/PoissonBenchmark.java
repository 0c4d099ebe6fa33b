package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.IJ;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.SamplingListener;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Prints a table: deblurring images of few photons with the Poisson likelihood, and with Gaussian
 * ones of the standard deviation that has the right mean variance, and of fractions and multiples
 * of it: the best of them is chosen with the truth known.
 */
public final class PoissonBenchmark {

  private static final int SIZE = 32;
  private static final long CORNER = 48;
  private static final int SAMPLES = 16;
  private static final int CHAINS = 4;
  private static final double PSF_SIGMA = 1.5;

  /** Photons a pixel where there is no structure. */
  private static final double BACKGROUND = 1;

  /** Mean photons a pixel, background included. */
  private static final List<Integer> LIGHT = List.of(5, 10, 20, 50);

  /** Gaussian standard deviations to choose from, in units of the root of the mean photons. */
  private static final double[] SIGMAS = {0.7, 1, 1.4};

  private PoissonBenchmark() {}

  /**
   * Prints the table, a row for each image and light level.
   *
   * @param arguments the light levels to measure; none for all
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| image | photons | Poisson | best Gaussian (sigma / root of the mean) |");
    System.out.println("|---|---|---|---|");
    try (ConsistencyModel model =
        ConsistencyModel.open(Path.of("models/microscopy-64"), ComputeDevice.CPU)) {
      for (int photons : LIGHT) {
        if (arguments.length > 0 && !List.of(arguments).contains(String.valueOf(photons))) {
          continue;
        }
        for (String image : List.of("cells", "nuclei", "mitochondria")) {
          System.out.println(row(model, image, photons));
        }
      }
    }
  }

  private static String row(ConsistencyModel model, String image, int photons) {
    RandomAccessibleInterval<FloatType> sharp =
        InputPlane.read(IJ.openImage("test-images/" + image + ".tif"));
    float[] truth =
        Planes.pixels(
            Views.interval(
                sharp,
                new long[] {CORNER, CORNER},
                new long[] {CORNER + SIZE - 1L, CORNER + SIZE - 1L}));
    double least = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    double mean =
        IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).average().orElseThrow();
    for (int i = 0; i < truth.length; i++) {
      truth[i] =
          (float) (BACKGROUND + (photons - BACKGROUND) * (truth[i] - least) / (mean - least));
    }
    double black = BACKGROUND;
    double white = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    GaussianBlur blur = new GaussianBlur(PSF_SIGMA);
    float[] y;
    try (NDManager scope = model.newScope()) {
      float[] blurred = blur.apply(scope.create(truth, new Shape(1, 1, SIZE, SIZE))).toFloatArray();
      y = PoissonGaussianLikelihood.poisson(1, 0).simulate(blurred, RandomStream.of(17, photons));
    }
    Measurement measurement = new Measurement(y, new Shape(1, SIZE, SIZE));
    IntensityRange range = new IntensityRange(black, white);
    double poisson = decibels(model, blur, measurement, CameraNoise.poisson(1, 0), range, truth);
    double best = Double.NEGATIVE_INFINITY;
    double bestSigma = 0;
    for (double sigma : SIGMAS) {
      GaussianNoise noise = new GaussianNoise(sigma * Math.sqrt(photons));
      double found = decibels(model, blur, measurement, noise, range, truth);
      if (found > best) {
        best = found;
        bestSigma = sigma;
      }
    }
    return String.format(
        Locale.ROOT, "| %s | %d | %.2f | %.2f (%.1f) |", image, photons, poisson, best, bestSigma);
  }

  private static double decibels(
      ConsistencyModel model,
      GaussianBlur blur,
      Measurement y,
      NoiseModel noise,
      IntensityRange range,
      float[] truth) {
    SamplerSettings settings =
        SamplerSettings.standard(SAMPLES, 1).withChains(CHAINS).withTransitions(2, 1);
    PosteriorSummary summary =
        new Restoration(model, 1, blur, settings)
            .run(y, noise, Optional.of(range), SamplingListener.NONE);
    return PeakSignalToNoise.of(Planes.pixels(summary.mean()), truth);
  }
}
