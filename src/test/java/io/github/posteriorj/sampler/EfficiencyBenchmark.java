package io.github.posteriorj.sampler;

import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Effective samples per gradient of each integrator on posteriors of the bundled prior, as rows of
 * docs/benchmarks.md.
 *
 * <p>All methods begin at the same states of four chains: randomise-then-optimise, and 15
 * transitions of preconditioned underdamped Langevin dynamics with short steps, which bring them to
 * rest; the scores that coordinates are learnt from come from these transitions. Each then tunes
 * its step size for 100 gradients, and is judged by the next 600, or by more.
 */
public final class EfficiencyBenchmark {

  private static final int CHAINS = 4;
  private static final int START_STEPS = 100;
  private static final int SETTLING = 15;

  /** How many times larger the curvature may be than where the first coordinates are learnt. */
  private static final double CAUTION = 64;

  /** Scores of each chain after each of its transitions, and at first. */
  private static final int SCORES = 3;

  private static final int SCORES_OF_STARTS = 20;
  private static final int CURVATURE_ITERATIONS = 10;
  private static final int TUNING_GRADIENTS = 100;
  private static final int GRADIENTS = 600;

  /** Every 16th pixel in each direction would do, too; this takes no time. */
  private static final int PIXEL_STRIDE = 7;

  private EfficiencyBenchmark() {}

  /**
   * A way to sample.
   *
   * @param stepSize fixed, or 0 to choose it
   */
  private record Method(
      String name, TransitionKernel kernel, Preconditioning preconditioning, double stepSize) {

    static Method of(Integrator integrator, Preconditioning preconditioning) {
      return new Method(integrator.label(), integrator.kernel(), preconditioning, 0);
    }
  }

  private static List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    methods.add(Method.of(Integrator.UNDERDAMPED_LANGEVIN, Preconditioning.LOW_RANK));
    methods.add(Method.of(Integrator.EULER_MARUYAMA, Preconditioning.NONE));
    methods.add(
        new Method(
            "N-HMC, as published",
            new HamiltonianMonteCarlo(Splitting.LEAPFROG, 20 * 0.05, 20, 0, 0.8),
            Preconditioning.NONE,
            0.05));
    methods.add(Method.of(Integrator.EXPONENTIAL, Preconditioning.NONE));
    methods.add(Method.of(Integrator.MALA, Preconditioning.LOW_RANK));
    methods.add(Method.of(Integrator.PCNL, Preconditioning.LOW_RANK));
    methods.add(Method.of(Integrator.HAMILTONIAN, Preconditioning.LOW_RANK));
    methods.add(Method.of(Integrator.UNDERDAMPED_LANGEVIN, Preconditioning.DIAGONAL));
    methods.add(Method.of(Integrator.UNDERDAMPED_LANGEVIN, Preconditioning.NONE));
    return methods;
  }

  /**
   * Compares the methods. Arguments: the size of the image (64), the beginning of the posterior's
   * name (all), a part of the method's name and coordinates (all), the gradients that it is judged
   * by (600).
   */
  public static void main(String[] arguments) throws IOException {
    int size = arguments.length < 1 ? 64 : Integer.parseInt(arguments[0]);
    int gradients = arguments.length < 4 ? GRADIENTS : Integer.parseInt(arguments[3]);
    try (ConsistencyModel model = PriorFolders.open(Path.of("models/microscopy-64"))) {
      for (BenchmarkPosterior problem :
          List.of(
              BenchmarkPosterior.deblurring(model, size),
              BenchmarkPosterior.inpainting(model, size))) {
        if (arguments.length < 2 || problem.name().startsWith(arguments[1])) {
          new Comparison(problem, gradients).print(arguments.length < 3 ? "" : arguments[2]);
        }
      }
    }
  }

  /** All methods on one posterior. */
  private static final class Comparison {

    private final BenchmarkPosterior problem;
    private final int gradients;
    private final Posterior posterior;
    private final RandomStream[] random;
    private final float[][] scores;
    private ChainState[] settled;
    private double[] spread;

    Comparison(BenchmarkPosterior problem, int gradients) {
      this.problem = problem;
      this.gradients = gradients;
      this.posterior = problem.posterior();
      this.random = streams(1);
      float[][] states =
          WarmStart.RANDOMISE_THEN_OPTIMISE.find(posterior, START_STEPS, random, () -> {});
      ChainState[] starts = places(states);
      Preconditioner first = Preconditioning.LOW_RANK.learn(scores(starts, SCORES_OF_STARTS));
      TransitionKernel kernel = Integrator.UNDERDAMPED_LANGEVIN.kernel();
      Potential potential = first.precondition(posterior);
      ChainState[] inside = inCoordinates(first, starts);
      double step = stepSize(kernel, potential, inside, random, CAUTION);
      ChainEnsemble walk = new ChainEnsemble(kernel, inside, random, step, 0);
      List<float[]> met = new ArrayList<>();
      for (int i = 0; i < SETTLING; i++) {
        walk.advance(potential);
        settled = inNoise(first, walk.places());
        met.addAll(Arrays.asList(scores(settled, SCORES)));
      }
      scores = met.toArray(float[][]::new);
    }

    private ChainState[] inNoise(Preconditioner preconditioner, ChainState[] places) {
      return places(
          Arrays.stream(places)
              .map(place -> preconditioner.toLatent(place.position()))
              .toArray(float[][]::new));
    }

    private static RandomStream[] streams(long seed) {
      return IntStream.range(0, CHAINS)
          .mapToObj(chain -> RandomStream.of(seed, chain))
          .toArray(RandomStream[]::new);
    }

    void print(String part) {
      System.out.printf(
          "%n%s%n%n| integrator | preconditioning | step size | acceptance | effective samples |"
              + " per 1,000 gradients | R-hat | spread |%n|---|---|---|---|---|---|---|---|%n",
          problem.name());
      for (Method method : methods()) {
        if ((method.name() + " " + method.preconditioning().label()).contains(part)) {
          System.out.println(row(method));
        }
      }
    }

    private String row(Method method) {
      TransitionKernel kernel = method.kernel();
      Preconditioner preconditioner = method.preconditioning().learn(scores);
      Potential potential = preconditioner.precondition(posterior);
      ChainState[] places = inCoordinates(preconditioner, settled);
      RandomStream[] own = streams(2);
      double stepSize =
          method.stepSize() > 0 ? method.stepSize() : stepSize(kernel, potential, places, own, 1);
      ChainEnsemble walk = new ChainEnsemble(kernel, places, own, stepSize, 0);
      if (method.stepSize() == 0) {
        walk.startTuning();
      }
      for (int used = 0; used < TUNING_GRADIENTS; ) {
        used += kernel.gradients(walk.stepSize());
        walk.advance(potential);
      }
      walk.freeze();
      int transitions = gradients / kernel.gradients(walk.stepSize());
      int thinning = Math.max(1, transitions / 120);
      int draws = transitions / thinning;
      float[][][] images = new float[CHAINS][draws][];
      for (int draw = 0; draw < draws; draw++) {
        for (int i = 0; i < thinning; i++) {
          walk.advance(potential);
        }
        for (int chain = 0; chain < CHAINS; chain++) {
          images[chain][draw] = everyFewPixels(walk.places()[chain].image());
        }
      }
      PixelDiagnostics diagnostics = PixelDiagnostics.of(images);
      double effective = median(diagnostics.bulkSampleSize());
      double[] found = spread(images);
      if (spread == null) {
        spread = found;
      }
      float[] ratios = new float[found.length];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = (float) (found[i] / spread[i]);
      }
      SamplerReport report = walk.report(0, preconditioner.toString(), 0, false);
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.2g | %s | %.1f | %.3f | %.2f | %.2f |",
          method.name(),
          report.preconditioner(),
          report.stepSize(),
          Double.isNaN(report.acceptance())
              ? "all"
              : String.format(Locale.ROOT, "%.2f", report.acceptance()),
          effective,
          1000 * effective / ((double) CHAINS * gradients),
          median(diagnostics.rHat()),
          median(ratios));
    }

    private ChainState[] places(float[][] states) {
      return ChainState.all(states, posterior.evaluate(states));
    }

    private float[][] scores(ChainState[] places, int count) {
      float[][] states = Arrays.stream(places).map(ChainState::position).toArray(float[][]::new);
      float[][] predictions =
          posterior.predictions(
              Arrays.stream(places).map(ChainState::image).toArray(float[][]::new));
      List<float[]> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.addAll(Arrays.asList(posterior.simulatedScores(states, predictions, random)));
      }
      return all.toArray(float[][]::new);
    }

    private static ChainState[] inCoordinates(Preconditioner preconditioner, ChainState[] places) {
      return Arrays.stream(places).map(preconditioner::inCoordinates).toArray(ChainState[]::new);
    }

    private static double stepSize(
        TransitionKernel kernel,
        Potential potential,
        ChainState[] places,
        RandomStream[] random,
        double caution) {
      double curvature = Curvature.largest(potential, places, CURVATURE_ITERATIONS, random);
      return kernel.stableStepSize(Math.max(1, caution * curvature));
    }

    private static float[] everyFewPixels(float[] image) {
      float[] some = new float[(image.length + PIXEL_STRIDE - 1) / PIXEL_STRIDE];
      for (int i = 0; i < some.length; i++) {
        some[i] = image[i * PIXEL_STRIDE];
      }
      return some;
    }

    /** Standard deviation of each pixel over all chains and draws. */
    private static double[] spread(float[][][] images) {
      OnlineMoments moments = new OnlineMoments(images[0][0].length);
      for (float[][] chain : images) {
        for (float[] image : chain) {
          moments.add(image);
        }
      }
      float[] variance = moments.variance();
      return IntStream.range(0, variance.length).mapToDouble(i -> Math.sqrt(variance[i])).toArray();
    }

    private static double median(float[] values) {
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
