package io.github.posteriorj.solver;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.level.NormalPosterior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;

/**
 * What each method, at its recommended settings, makes of a normal prior whose networks are exact:
 * how far its mean goes towards the posterior's, and how wide its samples are spread.
 *
 * <p>Arguments: settings such as {@code guidance=0.5}, for the methods that have them. Prints a
 * table, a row a method. 1 and 1 are the posterior's own.
 */
public final class MethodBiasBenchmark {

  private static final Shape IMAGE = new Shape(1, 16, 16);
  private static final int SAMPLES = 100;

  private MethodBiasBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("normal");
    try (ConsistencyModel model = NormalModel.in(folder.resolve("normal"))) {
      System.out.println(
          "| method | all pixels, noise 0.5 sd: mean | spread | noise 0.1 sd: mean | spread | blur,"
              + " noise 0.2 sd: mean | spread |");
      System.out.println("|---|---|---|---|---|---|---|");
      Map<String, Object> given = new LinkedHashMap<>();
      for (String argument : arguments) {
        given.put(argument.split("=")[0], Double.valueOf(argument.split("=")[1]));
      }
      for (String kind : MethodSettings.kinds()) {
        Method standard = MethodSettings.standard(kind);
        boolean takes = MethodSettings.unknown(standard, given).isEmpty();
        Method method = takes ? MethodSettings.with(standard, given) : standard;
        System.out.println(
            "| `%s`%s%s%s |"
                .formatted(
                    kind,
                    cells(model, method, new Identity(), 0.25),
                    cells(model, method, new Identity(), 0.05),
                    cells(model, method, new GaussianBlur(1), 0.1)));
      }
    }
  }

  private static String cells(
      ConsistencyModel model, Method method, ForwardOperator operator, double noise) {
    InverseProblem problem = NormalModel.problem(model, operator, noise, IMAGE, 2);
    List<float[]> draws = new ArrayList<>();
    method
        .solver(model, 1, operator)
        .solve(problem, SAMPLES, sample -> draws.add(sample.image()), Progress.NONE);
    int pixels = (int) IMAGE.size();
    double[] variances = new double[pixels];
    Arrays.fill(variances, noise * noise);
    NormalPosterior exact =
        new NormalPosterior(
                new ArrayRealVector(pixels),
                MatrixUtils.createRealIdentityMatrix(pixels).scalarMultiply(NormalModel.VARIANCE))
            .given(operator, IMAGE, problem.measurement(), variances);
    double along = 0;
    double way = 0;
    double spread = 0;
    double exactSpread = 0;
    for (int i = 0; i < pixels; i++) {
      double sum = 0;
      double squares = 0;
      for (float[] draw : draws) {
        sum += draw[i];
        squares += draw[i] * draw[i];
      }
      double mean = sum / draws.size();
      along += mean * exact.mean().getEntry(i);
      way += Math.pow(exact.mean().getEntry(i), 2);
      spread += (squares - draws.size() * mean * mean) / (draws.size() - 1);
      exactSpread += exact.covariance().getEntry(i, i);
    }
    return draws.size() == 1
        ? String.format(Locale.ROOT, " | %.2f | none", along / way)
        : String.format(
            Locale.ROOT, " | %.2f | %.2f", along / way, Math.sqrt(spread / exactSpread));
  }
}
