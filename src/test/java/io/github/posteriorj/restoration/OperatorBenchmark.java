package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.TestImages;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.metric.PeakSignalToNoise;
import io.github.posteriorj.metric.StructuralSimilarity;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.solver.Automatic;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.solver.Solver;
import io.github.posteriorj.tensor.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.view.Views;

/**
 * Prints a table: each forward operator on parts of three test images, with Gaussian noise of 5 %
 * of the image's range, the papers' 0.1 of [-1, 1], by the default method: chains at a level.
 */
public final class OperatorBenchmark {

  private static final int SIZE = 48;
  private static final long CORNER = 40;
  private static final int SAMPLES = 8;
  private static final long SEED = 1;

  private static final Automatic DEFAULT =
      new Automatic(
          LevelLangevin.standard(), NoiseSpaceLangevin.of(SamplerSettings.standard(SAMPLES, SEED)));

  private OperatorBenchmark() {}

  /**
   * Prints the table, a row for each image and operator.
   *
   * @param arguments how the names of the operators to measure begin; none for all
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| operator | image | measurement | posterior mean | one sample | misfit |");
    System.out.println("|---|---|---|---|---|---|");
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"));
        NetworkOperator network = Instruments.neuralBlur()) {
      Map<String, float[]> truths = new LinkedHashMap<>();
      for (String name : List.of("cells", "nuclei", "filaments")) {
        truths.put(name, TestImages.part(TestImages.open(name), CORNER, CORNER, SIZE, SIZE));
      }
      for (String operator : Instruments.operators(SIZE, 0, 1, network).keySet()) {
        if (arguments.length > 0 && Arrays.stream(arguments).noneMatch(operator::startsWith)) {
          continue;
        }
        for (Map.Entry<String, float[]> image : truths.entrySet()) {
          System.out.println(row(model, network, operator, image.getKey(), image.getValue()));
        }
      }
    }
  }

  private static String row(
      ConsistencyModel model,
      NetworkOperator network,
      String operatorName,
      String image,
      float[] truth) {
    double black = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).min().orElseThrow();
    double white = IntStream.range(0, truth.length).mapToDouble(i -> truth[i]).max().orElseThrow();
    ForwardOperator operator = Instruments.operators(SIZE, black, white, network).get(operatorName);
    Instruments.Simulated measured;
    try (NDManager scope = model.newScope()) {
      measured = Instruments.measure(scope, operator, truth, white - black, RandomStream.of(11, 0));
    }
    Solver solver = DEFAULT.solver(model, 1, operator);
    PosteriorSummary summary =
        Restorations.of(model, 1, operator, solver, SAMPLES, SEED)
            .run(
                measured.y(),
                new GaussianNoise(measured.noise()),
                Optional.of(new IntensityRange(black, white)),
                Progress.NONE);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %.2f |",
        operatorName,
        image,
        measured.picture().map(picture -> judged(picture, truth)).orElse("-"),
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
