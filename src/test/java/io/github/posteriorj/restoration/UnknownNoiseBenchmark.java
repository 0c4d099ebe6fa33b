package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.IJ;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.SamplingListener;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
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
 * Prints a table: Gaussian noise whose level is given, estimated from the image, or unknown and
 * integrated out; how many true pixels lie within the intervals of 50 % and 90 %, and how well the
 * samples fit at the true level.
 */
public final class UnknownNoiseBenchmark {

  private static final int SIZE = 32;
  private static final long CORNER = 48;
  private static final int SAMPLES = 16;
  private static final int CHAINS = 4;
  private static final double PSF_SIGMA = 1.5;

  /** Half-widths of central normal intervals, in standard deviations. */
  private static final double NORMAL_50 = 0.674;

  private static final double NORMAL_90 = 1.645;

  private UnknownNoiseBenchmark() {}

  /** Prints the table, a row for each image and kind of knowledge. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| image | noise | level | 50 % | 90 % | misfit at the true level |");
    System.out.println("|---|---|---|---|---|---|");
    try (ConsistencyModel model =
        ConsistencyModel.open(Path.of("models/microscopy-64"), ComputeDevice.CPU)) {
      for (double share : List.of(0.05, 0.1)) {
        for (String image : List.of("cells", "nuclei", "membranes")) {
          print(model, image, share);
        }
      }
    }
  }

  private static void print(ConsistencyModel model, String image, double share) {
    RandomAccessibleInterval<FloatType> sharp =
        InputPlane.read(IJ.openImage("test-images/" + image + ".tif"));
    float[] truth =
        Planes.pixels(
            Views.interval(
                sharp,
                new long[] {CORNER, CORNER},
                new long[] {CORNER + SIZE - 1L, CORNER + SIZE - 1L}));
    double black = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    double white = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    double noise = share * (white - black);
    GaussianBlur blur = new GaussianBlur(PSF_SIGMA);
    Shape shape = new Shape(1, SIZE, SIZE);
    float[] y;
    try (NDManager scope = model.newScope()) {
      float[] blurred = blur.apply(scope.create(truth, new Shape(1, 1, SIZE, SIZE))).toFloatArray();
      y = new GaussianLikelihood(noise).simulate(blurred, RandomStream.of(19, 0));
    }
    Map<String, NoiseModel> models = new LinkedHashMap<>();
    models.put("given", new GaussianNoise(noise));
    models.put("estimated", new GaussianNoise(0));
    models.put("integrated out", new UnknownGaussianNoise());
    models.forEach(
        (level, noiseModel) -> {
          PosteriorSummary summary =
              new Restoration(
                      model,
                      1,
                      blur,
                      SamplerSettings.standard(SAMPLES, 1).withChains(CHAINS).withTransitions(4, 1))
                  .run(
                      new Measurement(y, shape),
                      noiseModel,
                      Optional.of(new IntensityRange(black, white)),
                      SamplingListener.NONE);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.0f %% | %s | %.0f %% | %.0f %% | %.2f |%n",
              image,
              100 * share,
              level,
              100 * covered(summary, truth, NORMAL_50),
              100 * covered(summary, truth, NORMAL_90),
              misfit(model, blur, summary, y, noise));
        });
  }

  private static double covered(PosteriorSummary summary, float[] truth, double width) {
    float[] mean = Planes.pixels(summary.mean());
    float[] variance = Planes.pixels(summary.variance());
    return IntStream.range(0, truth.length)
            .filter(i -> Math.abs(mean[i] - truth[i]) < width * Math.sqrt(variance[i]))
            .count()
        / (double) truth.length;
  }

  private static double misfit(
      ConsistencyModel model,
      GaussianBlur blur,
      PosteriorSummary summary,
      float[] y,
      double noise) {
    double sum = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      float[] image = Planes.pixels(Views.hyperSlice(summary.samples(), 2, sample));
      try (NDManager scope = model.newScope()) {
        float[] prediction =
            blur.apply(scope.create(image, new Shape(1, 1, SIZE, SIZE))).toFloatArray();
        sum += new GaussianLikelihood(noise).misfit(prediction, y);
      }
    }
    return sum / SAMPLES;
  }
}
