package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Deblurs the test images (Gaussian blur of 2 pixels, noise of 5 % of the range) and prints a
 * table: PSNR of the measurement, of Richardson-Lucy after 50 and after its best number of
 * iterations, of one posterior sample and of the posterior mean; the samples' misfit; the share of
 * pixels whose truth lies within the central 90 % of the posterior; whether the chains agree, how
 * many independent samples they are worth (of pixels the medians), and the gradients of each.
 *
 * <p>Arguments: the images' names; without any, all of the test images.
 */
public final class DeblurBenchmark {

  private static final double PSF_SIGMA = 2;
  private static final double NOISE_SHARE = 0.05;
  private static final int RICHARDSON_LUCY = 50;
  private static final double NORMAL_90 = 1.645;

  /** Larger images are cropped to this many pixels a side. */
  private static final long LARGEST = 128;

  private DeblurBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    String[] names =
        arguments.length > 0
            ? arguments
            : new String[] {"cells", "nuclei", "filaments", "mitochondria", "membranes", "puncta"};
    System.out.println(
        "| image | measurement | RL 50 | RL best (iterations) | one sample | posterior mean |"
            + " misfit | 90 % coverage | R-hat of the log-likelihood | of pixels |"
            + " effective samples | gradients | time |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    try (ConsistencyModel model =
        InstalledPrior.of(Path.of("models/microscopy-64"))
            .openConsistencyModel(ComputeDevice.select("auto"), NetworkConsent.GIVEN)) {
      for (String name : names) {
        System.out.println(row(model, name));
      }
    }
  }

  private static String row(ConsistencyModel model, String name) {
    RandomAccessibleInterval<FloatType> sharp = TestImages.open(name);
    int width = (int) Math.min(LARGEST, sharp.dimension(0));
    int height = (int) Math.min(LARGEST, sharp.dimension(1));
    float[] truth = TestImages.part(sharp, 0, 0, width, height);
    double least = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    double most = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    double noise = NOISE_SHARE * (most - least);
    GaussianBlur blur = new GaussianBlur(PSF_SIGMA);
    float[] y;
    double[] rivals;
    try (NDManager scope = model.newScope()) {
      Shape shape = new Shape(1, 1, height, width);
      float[] blurred = blur.apply(scope.create(truth, shape)).toFloatArray();
      y = new GaussianLikelihood(noise).simulate(blurred, RandomStream.of(11, 0));
      NDArray raised = scope.create(y, shape).sub((float) least);
      rivals =
          IntStream.rangeClosed(1, RICHARDSON_LUCY)
              .mapToObj(iterations -> RichardsonLucy.deconvolve(blur, raised, iterations))
              .mapToDouble(
                  estimate ->
                      PeakSignalToNoise.of(estimate.add((float) least).toFloatArray(), truth))
              .toArray();
    }
    int best =
        IntStream.range(0, rivals.length)
            .reduce((a, b) -> rivals[a] >= rivals[b] ? a : b)
            .orElseThrow();
    long start = System.nanoTime();
    SamplerSettings settings = SamplerSettings.standard(64, 1);
    PosteriorSummary summary =
        Restorations.of(model, 1, blur, settings)
            .run(
                new Measurement(y, new Shape(1, height, width)),
                new GaussianNoise(noise),
                Optional.empty(),
                Progress.NONE);
    double seconds = (System.nanoTime() - start) * 1e-9;
    float[] mean = Planes.pixels(summary.mean());
    float[] variance = Planes.pixels(summary.variance());
    long covered =
        IntStream.range(0, truth.length)
            .filter(i -> Math.abs(mean[i] - truth[i]) < NORMAL_90 * Math.sqrt(variance[i]))
            .count();
    return String.format(
        Locale.ROOT,
        "| %s, %d x %d | %.2f | %.2f | %.2f (%d) | %.2f | %.2f | %.2f | %.0f %% | %.2f | %.2f |"
            + " %.0f | %d | %.0f s |",
        name,
        width,
        height,
        PeakSignalToNoise.of(y, truth),
        rivals[RICHARDSON_LUCY - 1],
        rivals[best],
        best + 1,
        PeakSignalToNoise.of(Planes.pixels(Views.hyperSlice(summary.samples(), 2, 0)), truth),
        PeakSignalToNoise.of(mean, truth),
        summary.misfit(),
        100.0 * covered / truth.length,
        summary.diagnostics().logLikelihood().rHat(),
        summary.diagnostics().pixels().median().rHat(),
        summary.diagnostics().pixels().median().bulkSampleSize(),
        summary.report().gradients(),
        seconds);
  }
}
