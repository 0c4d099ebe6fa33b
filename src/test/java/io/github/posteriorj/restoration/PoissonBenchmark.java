package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.PoissonGaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.PriorDraws;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Prints a table: deblurring images of few photons with the Poisson likelihood, and with Gaussian
 * ones of the standard deviation that has the right mean variance, and of fractions and multiples
 * of it: the best of them for an image and its light is chosen with the truth known.
 *
 * <p>The images are the parts of most contrast of test images, and draws of the prior: these have
 * exactly the law that the sampler takes for granted, so that nothing but the likelihood counts.
 *
 * <p>Arguments: light levels and kinds of images to measure; without any, all of them.
 */
public final class PoissonBenchmark {

  private static final int SIZE = 32;

  /** Pixels from one candidate for the part of an image to the next. */
  private static final int STRIDE = 8;

  private static final int SAMPLES = 32;

  private static final long SEED = 1;

  /** Measurements of each test image and light level, by other noise. */
  private static final int MEASUREMENTS = 2;

  /** Draws of the prior, each of them measured once. */
  private static final int DRAWS = 8;

  private static final String PRIOR = "draws";

  private static final GaussianBlur BLUR = new GaussianBlur(1.5);

  /** Photons a pixel where there is no structure. */
  private static final double BACKGROUND = 1;

  /** Mean photons a pixel, background included. */
  private static final List<Integer> LIGHT = List.of(5, 10, 20, 50);

  /** Gaussian standard deviations to choose from, in units of the root of the mean photons. */
  private static final double[] SIGMAS = {0.7, 1, 1.4};

  private PoissonBenchmark() {}

  /**
   * A sharp image.
   *
   * @param pixels intensities in any unit
   * @param black the intensity that is the model's black
   * @param white the intensity that is the model's white
   */
  private record Scene(float[] pixels, double black, double white) {

    static Scene ofImage(float[] pixels) {
      double[] values = doubles(pixels);
      return new Scene(pixels, StatUtils.min(values), StatUtils.max(values));
    }

    /** The same as photons, of the given mean. */
    Scene inPhotons(int mean) {
      double scale = (mean - BACKGROUND) / (StatUtils.mean(doubles(pixels)) - black);
      float[] counts = new float[pixels.length];
      for (int i = 0; i < counts.length; i++) {
        // A draw of the prior may be a little darker than black, but no light is.
        counts[i] = (float) Math.max(0, BACKGROUND + scale * (pixels[i] - black));
      }
      return new Scene(counts, BACKGROUND, BACKGROUND + scale * (white - black));
    }

    IntensityRange range() {
      return new IntensityRange(black, white);
    }
  }

  /** Prints the table, a row for each kind of images and each light level. */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted = List.of(arguments);
    System.out.println(
        "| image | photons | Poisson | best Gaussian (sigma / root of the mean) | difference |");
    System.out.println("|---|---|---|---|---|");
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      for (int photons : only(wanted, LIGHT)) {
        for (String kind : only(wanted, List.of("cells", "nuclei", "mitochondria", PRIOR))) {
          System.out.println(row(model, kind, photons));
        }
      }
    }
  }

  /** Those that are wanted, or all of them if none is. */
  private static <T> List<T> only(List<String> wanted, List<T> all) {
    List<T> found = all.stream().filter(one -> wanted.contains(one.toString())).toList();
    return found.isEmpty() ? all : found;
  }

  private static String row(ConsistencyModel model, String kind, int photons) {
    List<Scene> scenes =
        scenes(model, kind).stream().map(scene -> scene.inPhotons(photons)).toList();
    double[] poisson = decibels(model, scenes, photons, CameraNoise.poisson(1, 0));
    double[] best = {};
    double bestMean = Double.NEGATIVE_INFINITY;
    double bestSigma = 0;
    for (double sigma : SIGMAS) {
      double[] found =
          decibels(model, scenes, photons, new GaussianNoise(sigma * Math.sqrt(photons)));
      double mean = StatUtils.mean(found);
      if (mean > bestMean) {
        best = found;
        bestMean = mean;
        bestSigma = sigma;
      }
    }
    SummaryStatistics differences = new SummaryStatistics();
    for (int i = 0; i < poisson.length; i++) {
      differences.addValue(poisson[i] - best[i]);
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.2f | %.2f (%.1f) | %+.2f ± %.2f |",
        kind,
        photons,
        StatUtils.mean(poisson),
        bestMean,
        bestSigma,
        differences.getMean(),
        differences.getStandardDeviation() / Math.sqrt(poisson.length));
  }

  private static List<Scene> scenes(ConsistencyModel model, String kind) {
    if (kind.equals(PRIOR)) {
      CroppedPrior prior = new CroppedPrior(model.oneStep(), new Shape(1, SIZE, SIZE));
      PriorDraws draws = new PriorDraws(model, prior, 5);
      return IntStream.range(0, DRAWS)
          .mapToObj(
              i -> new Scene(draws.draw(i), model.constants().low(), model.constants().high()))
          .toList();
    }
    Scene part = Scene.ofImage(partOfMostContrast(kind));
    return Collections.nCopies(MEASUREMENTS, part);
  }

  private static float[] partOfMostContrast(String name) {
    RandomAccessibleInterval<FloatType> image = TestImages.open(name);
    float[] best = {};
    double most = Double.NEGATIVE_INFINITY;
    for (long top = 0; top + SIZE <= image.dimension(1); top += STRIDE) {
      for (long left = 0; left + SIZE <= image.dimension(0); left += STRIDE) {
        float[] part = TestImages.part(image, left, top, SIZE, SIZE);
        double contrast = StatUtils.variance(doubles(part));
        if (contrast > most) {
          most = contrast;
          best = part;
        }
      }
    }
    return best;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** PSNR of the posterior mean for a measurement of each scene. */
  private static double[] decibels(
      ConsistencyModel model, List<Scene> scenes, int photons, NoiseModel noise) {
    double[] decibels = new double[scenes.size()];
    for (int i = 0; i < decibels.length; i++) {
      Scene scene = scenes.get(i);
      Measurement y = measure(model, scene.pixels(), RandomStream.of(17 + i, photons));
      PosteriorSummary summary =
          Restorations.of(model, 1, BLUR, LevelLangevin.standard(), SAMPLES, SEED)
              .run(y, noise, Optional.of(scene.range()), Progress.NONE);
      decibels[i] = PeakSignalToNoise.of(Planes.pixels(summary.mean()), scene.pixels());
    }
    return decibels;
  }

  private static Measurement measure(ConsistencyModel model, float[] truth, RandomStream random) {
    try (NDManager scope = model.newScope()) {
      float[] blurred = BLUR.apply(scope.create(truth, new Shape(1, 1, SIZE, SIZE))).toFloatArray();
      return new Measurement(
          PoissonGaussianLikelihood.poisson(1, 0).simulate(blurred, random),
          new Shape(1, SIZE, SIZE));
    }
  }
}
