package io.github.posteriorj.sampler;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.metric.RankHistogram;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Simulation-based calibration on the bundled prior: truths of 32 x 32 pixels drawn from the prior,
 * measurements simulated from them, posteriors sampled with one sample a chain; prints the p-value
 * of uniform ranks for several functionals.
 *
 * <p>Arguments: a CSV file, to which each run adds a line and from which runs of an earlier start
 * are read; the name of an operator; the number of runs; if other than the recommended ones, the
 * integrator, its burn-in and its thinning.
 */
public final class SimulationBasedCalibrationBenchmark {

  private static final int SIZE = 32;
  private static final int SAMPLES = 3;
  private static final int BINS = 4;
  private static final double NOISE = 0.1;

  private static final Map<String, ForwardOperator> OPERATORS =
      Map.of("blur", new GaussianBlur(2), "pooling", new AveragePooling(4));

  private SimulationBasedCalibrationBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    String operator = arguments[1];
    int runs = Integer.parseInt(arguments[2]);
    if (!Files.exists(file)) {
      Files.writeString(file, "run," + String.join(",", SimulatedTruth.FUNCTIONALS) + "\n");
    }
    try (ConsistencyModel model =
        InstalledPrior.of(Path.of("models/microscopy-64"))
            .openConsistencyModel(ComputeDevice.select("auto"), NetworkConsent.GIVEN)) {
      CroppedPrior prior = new CroppedPrior(model.oneStep(), new Shape(1, SIZE, SIZE));
      for (int run = 0; run < runs; run++) {
        if (rows(file).containsKey(run)) {
          continue;
        }
        int[] ranks =
            SimulatedTruth.draw(
                    prior,
                    OPERATORS.get(operator),
                    new GaussianLikelihood(NOISE),
                    model::newScope,
                    run)
                .ranks(settings(arguments, run));
        String row =
            Arrays.stream(ranks).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Files.writeString(file, run + "," + row + "\n", StandardOpenOption.APPEND);
      }
    }
    print(rows(file).values());
  }

  /** The recommended settings with one sample a chain, and what the arguments change. */
  private static SamplerSettings settings(String[] arguments, long seed) {
    SamplerSettings settings = SamplerSettings.standard(SAMPLES, seed).withChains(SAMPLES);
    return arguments.length == 3
        ? settings
        : settings
            .withIntegrator(Integrator.labelled(arguments[3]), 0)
            .withTransitions(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
  }

  /** The ranks of each run that is done. */
  private static Map<Integer, int[]> rows(Path file) throws IOException {
    Map<Integer, int[]> rows = new TreeMap<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      int[] cells = Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray();
      rows.put(cells[0], Arrays.copyOfRange(cells, 1, cells.length));
    }
    return rows;
  }

  private static void print(Collection<int[]> rows) {
    System.out.println("| functional | ranks in " + BINS + " bins | p |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < SimulatedTruth.FUNCTIONALS.size(); i++) {
      int functional = i;
      RankHistogram histogram =
          RankHistogram.of(rows.stream().mapToInt(row -> row[functional]).toArray(), SAMPLES, BINS);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.3g |%n",
          SimulatedTruth.FUNCTIONALS.get(i).replace("|", "\\|"),
          Arrays.stream(histogram.counts())
              .mapToObj(Long::toString)
              .collect(Collectors.joining(", ")),
          histogram.pValue());
    }
  }
}
