package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.RichardsonLucy;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.imglib2.view.Views;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundled prior, the default settings and a test image: the posterior is worth having. */
class OneRealRunIT {

  private static final int SIZE = 64;
  private static final long CORNER = 32;
  private static final int SAMPLES = 8;

  private static float[] truth;
  private static float[] measurement;
  private static float[] rival;
  private static double noise;
  private static PosteriorSummary summary;

  @BeforeAll
  static void restore() throws Exception {
    truth = TestImages.part(TestImages.open("nuclei"), CORNER, CORNER, SIZE, SIZE);
    float[] sorted = truth.clone();
    Arrays.sort(sorted);
    float least = sorted[0];
    noise = 0.05 * (sorted[sorted.length - 1] - least);
    GaussianBlur blur = new GaussianBlur(2);
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"));
        NDManager scope = model.newScope()) {
      Shape shape = new Shape(1, 1, SIZE, SIZE);
      float[] blurred = blur.apply(scope.create(truth, shape)).toFloatArray();
      measurement = new GaussianLikelihood(noise).simulate(blurred, RandomStream.of(11, 0));
      NDArray raised = scope.create(measurement, shape).sub(least);
      rival = RichardsonLucy.deconvolve(blur, raised, 50).add(least).toFloatArray();
      summary =
          Restorations.of(model, 1, blur, LevelLangevin.standard(), SAMPLES, 1)
              .run(
                  new Measurement(measurement, new Shape(1, SIZE, SIZE)),
                  new GaussianNoise(noise),
                  Optional.empty(),
                  Progress.NONE);
    }
  }

  private static List<float[]> samples() {
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(Planes.pixels(Views.hyperSlice(summary.samples(), 2, i)));
    }
    return samples;
  }

  @Test
  void theMeanIsCloserToTheTruthThanTheMeasurementAndRichardsonLucy() {
    double mean = PeakSignalToNoise.of(Planes.pixels(summary.mean()), truth);
    double measured = PeakSignalToNoise.of(measurement, truth);
    double deconvolved = PeakSignalToNoise.of(rival, truth);
    String found =
        String.format(
            Locale.ROOT,
            "measurement %.2f dB, Richardson-Lucy %.2f dB, posterior mean %.2f dB",
            measured,
            deconvolved,
            mean);
    System.out.println(found);
    assertTrue(mean > measured, found);
    assertTrue(mean > deconvolved, found);
  }

  @Test
  void theSamplesExplainTheMeasurementWithinItsNoise() {
    System.out.printf(Locale.ROOT, "misfit %.3f%n", summary.misfit());
    assertTrue(summary.misfit() > 0.8 && summary.misfit() < 1.4, "misfit " + summary.misfit());
  }

  @Test
  void theSamplesDifferByMoreThanRounding() {
    List<float[]> samples = samples();
    double differences = 0;
    int pairs = 0;
    for (int i = 0; i < SAMPLES; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int pixel = 0; pixel < truth.length; pixel++) {
          sum += Math.abs(samples.get(i)[pixel] - samples.get(j)[pixel]) / truth.length;
        }
        differences += sum;
        pairs++;
      }
    }
    double relative = differences / pairs / noise;
    System.out.printf(Locale.ROOT, "mean pairwise difference %.3f of the noise%n", relative);
    assertEquals(SAMPLES * (SAMPLES - 1) / 2, pairs);
    // Float32 rounds these intensities to some 1e-6 of the noise level.
    assertTrue(relative > 0.1, "mean difference " + relative);
  }
}
