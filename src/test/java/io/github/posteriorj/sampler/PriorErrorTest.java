package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.Identity;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.Prior;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What a wrong prior does to the posterior: if TV(data, model) = eps, then TV(true posterior, model
 * posterior) is at most 2 kappa_y eps, where kappa_y = sup_x l(x) / integral l(x) data(x) dx for
 * the likelihood l(x) = exp(-L_y(x)).
 *
 * <p>Source: Purohit et al., arXiv 2410.02078, theorem 4.1. It needs a bounded l and a positive
 * integral, nothing else. The proof can be sharpened to kappa_y eps: where the model's evidence is
 * the larger one, the model's posterior exceeds the true one by at most l (model - data)+ /
 * evidence of the data, whose integral is at most kappa_y eps; else it is the same the other way
 * round.
 *
 * <p>All integrals are sums over a grid; distances of distributions, TV, are half the integral of
 * the absolute difference.
 */
class PriorErrorTest {

  private static final double HALF_WIDTH = 8;
  private static final int CELLS = 1600;
  private static final double CELL = 2 * HALF_WIDTH / CELLS;

  /** Of the sums over the grid: the densities' features are fifty cells wide. */
  private static final double ROUNDING = 1e-6;

  private static final StringBuilder TABLE = new StringBuilder();

  /** One normal distribution in the plane, with independent coordinates of equal width. */
  private record Component(double weight, double x, double y, double width) {
    double density(double atX, double atY) {
      double dx = (atX - x) / width;
      double dy = (atY - y) / width;
      return weight * Math.exp(-(dx * dx + dy * dy) / 2) / (2 * Math.PI * width * width);
    }
  }

  /** A density on the grid: a row of cells in one dimension, a square of cells in two. */
  private record Density(double[] values, double cell) {

    static Density onLine(DoubleBinaryOperator density) {
      double[] values = new double[CELLS];
      for (int i = 0; i < CELLS; i++) {
        values[i] = density.applyAsDouble(centre(i), 0);
      }
      return new Density(values, CELL);
    }

    static Density inPlane(DoubleBinaryOperator density) {
      double[] values = new double[CELLS * CELLS];
      for (int i = 0; i < values.length; i++) {
        values[i] = density.applyAsDouble(centre(i % CELLS), centre(i / CELLS));
      }
      return new Density(values, CELL * CELL);
    }

    private static double centre(int cell) {
      return (cell + 0.5) * CELL - HALF_WIDTH;
    }

    double integral() {
      return Arrays.stream(values).sum() * cell;
    }

    Density times(Density other) {
      double[] product = values.clone();
      for (int i = 0; i < product.length; i++) {
        product[i] *= other.values[i];
      }
      return new Density(product, cell);
    }

    double distance(Density other) {
      double integral = integral();
      double otherIntegral = other.integral();
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += Math.abs(values[i] / integral - other.values[i] / otherIntegral);
      }
      return sum * cell / 2;
    }

    double maximum() {
      return Arrays.stream(values).max().orElseThrow();
    }
  }

  /** What the theorem speaks of, for one pair of priors and one measurement. */
  private record Comparison(double priorDistance, double condition, double posteriorDistance) {

    static Comparison of(Density data, Density model, Density likelihood) {
      Density evidence = likelihood.times(data);
      return new Comparison(
          data.distance(model),
          likelihood.maximum() / evidence.integral() * data.integral(),
          evidence.distance(likelihood.times(model)));
    }

    void hold(String name) {
      TABLE.append(
          String.format(
              Locale.ROOT,
              "| %s | %.4f | %.3g | %.4f | %.4g |%n",
              name,
              priorDistance,
              condition,
              posteriorDistance,
              2 * condition * priorDistance));
      assertTrue(posteriorDistance <= 2 * condition * priorDistance + ROUNDING, name + ": " + this);
      assertTrue(posteriorDistance <= condition * priorDistance + ROUNDING, name + ": " + this);
    }
  }

  /** Two modes at -1.5 and 1.5, in one dimension. */
  private static Density line(double leftWeight, double shift, double width) {
    NormalDistribution left = new NormalDistribution(null, -1.5 + shift, width);
    NormalDistribution right = new NormalDistribution(null, 1.5 + shift, width);
    return Density.onLine(
        (x, unused) -> leftWeight * left.density(x) + (1 - leftWeight) * right.density(x));
  }

  private static Density plane(List<Component> components) {
    return Density.inPlane(
        (x, y) -> components.stream().mapToDouble(one -> one.density(x, y)).sum());
  }

  private static DoubleBinaryOperator normalLikelihood(double measured, double noise) {
    return (x, unused) -> Math.exp(-(x - measured) * (x - measured) / (2 * noise * noise));
  }

  @AfterAll
  static void printTable() {
    System.out.println("| case | eps | kappa_y | TV of the posteriors | 2 kappa_y eps |");
    System.out.println("|---|---|---|---|---|");
    System.out.print(TABLE);
  }

  @Test
  void distancesAreThoseOfTheClosedForms() {
    // Normal distributions d standard deviations apart: 2 N(d / 2) - 1.
    Density here = Density.onLine((x, unused) -> new NormalDistribution(0, 1).density(x));
    Density there = Density.onLine((x, unused) -> new NormalDistribution(1, 1).density(x));
    double expected = 2 * new NormalDistribution().cumulativeProbability(0.5) - 1;
    assertEquals(expected, here.distance(there), 1e-4);
    // Modes six of their widths apart: the weight that has moved, up to the 0.3 % of the overlap.
    assertEquals(0.1, line(0.5, 0, 0.5).distance(line(0.4, 0, 0.5)), 0.1 * 0.003);
  }

  @Test
  void theBoundHoldsInOneDimensionForGoodAndBadConditions() {
    Density data = line(0.5, 0, 0.5);
    double before = 0;
    for (double measured : new double[] {1.5, 0, 3, 4.5}) {
      Density likelihood = Density.onLine(normalLikelihood(measured, 0.5));
      String y = "1-D, y = " + measured;
      Comparison weights = Comparison.of(data, line(0.4, 0, 0.5), likelihood);
      weights.hold(y + ", weights 0.4 and 0.6 in the place of 0.5");
      Comparison.of(data, line(0.5, 0.1, 0.5), likelihood)
          .hold(y + ", both modes 0.1 to the right");
      Comparison.of(data, line(0.5, 0, 0.55), likelihood).hold(y + ", modes 10 % too wide");
      assertTrue(weights.condition() > before, "the list goes from good to bad condition");
      before = weights.condition();
    }
  }

  @Test
  void withoutTheConditionNumberTheBoundFails() {
    Density data = line(0.5, 0, 0.5);
    Density likelihood = Density.onLine(normalLikelihood(0, 0.5));
    Comparison shifted = Comparison.of(data, line(0.5, 0.1, 0.5), likelihood);
    assertTrue(shifted.posteriorDistance() > 1.5 * shifted.priorDistance());
  }

  @Test
  void whatThePriorHasNeverSeenIsLostOnlyWhereItIsMeasured() {
    NormalDistribution rare = new NormalDistribution(null, 5, 0.5);
    Density known = line(0.5, 0, 0.5);
    Density data =
        Density.onLine(
            (x, unused) -> {
              double common = known.values()[(int) Math.floor((x + HALF_WIDTH) / CELL)];
              return 0.98 * common + 0.02 * rare.density(x);
            });
    Comparison good = Comparison.of(data, known, Density.onLine(normalLikelihood(1.5, 0.5)));
    good.hold("1-D, y = 1.5, a rare mode at 5 of weight 0.02 is missing");
    Comparison bad = Comparison.of(data, known, Density.onLine(normalLikelihood(5, 0.5)));
    bad.hold("1-D, y = 5, a rare mode at 5 of weight 0.02 is missing");
    assertTrue(good.posteriorDistance() < 0.001);
    assertTrue(bad.posteriorDistance() > 0.9);
    assertTrue(bad.condition() > 10 * good.condition());
  }

  /**
   * A prior of independent pixels, each x = 0.5 z + b tanh(3 z): two modes, near -b and b. Its
   * density is that of z at the inverse, over dx / dz.
   */
  private record TwoModes(double spread) implements Prior {

    private static final double SLOPE = 0.5;
    private static final double STEEPNESS = 3;

    @Override
    public NDArray generate(NDArray z) {
      NDManager scope = z.getManager();
      NDArray step = z.mul(DeviceArrays.constant(scope, STEEPNESS)).tanh();
      return z.mul(DeviceArrays.constant(scope, SLOPE))
          .add(step.mul(DeviceArrays.constant(scope, spread)));
    }

    @Override
    public Shape latentShape(Shape image) {
      return image;
    }

    Density density() {
      NormalDistribution normal = new NormalDistribution();
      return Density.onLine(
          (x, unused) -> {
            // The map's slope is at least 0.5, and it is odd: z is within 2 |x| of zero.
            double bound = 2 * Math.abs(x) + 1;
            double z =
                new BrentSolver(1e-12)
                    .solve(
                        1000,
                        at -> SLOPE * at + spread * Math.tanh(STEEPNESS * at) - x,
                        -bound,
                        bound);
            double tanh = Math.tanh(STEEPNESS * z);
            return normal.density(z) / (SLOPE + spread * STEEPNESS * (1 - tanh * tanh));
          });
    }
  }

  @Test
  void samplesWithAWrongPriorStayWithinTheBoundToo() {
    double noise = 0.6;
    double measured = 0.8;
    int side = 32;
    Density data = new TwoModes(1.5).density();
    TwoModes wrong = new TwoModes(1.3);
    Density likelihood = Density.onLine(normalLikelihood(measured, noise));
    Comparison comparison = Comparison.of(data, wrong.density(), likelihood);
    comparison.hold("1-D, y = 0.8, modes at 1.3 in the place of 1.5");

    float[] y = new float[side * side];
    Arrays.fill(y, (float) measured);
    Posterior posterior =
        new Posterior(
            new CroppedPrior(wrong, new Shape(1, side, side)),
            new Identity(),
            new GaussianLikelihood(noise),
            y,
            ComputeDevice.CPU::newScope);
    int bins = 32;
    long[] counts = new long[bins];
    SamplerSettings settings =
        SamplerSettings.standard(16, 3)
            .withIntegrator(Integrator.HAMILTONIAN, 0)
            .withTransitions(50, 20);
    new PosteriorSampler(settings)
        .run(
            posterior,
            sample -> {
              for (float x : sample.image()) {
                counts[(int) ((x + HALF_WIDTH) / (2 * HALF_WIDTH) * bins)]++;
              }
            },
            Progress.NONE);

    long draws = 16L * side * side;
    double[] model = binned(likelihood.times(wrong.density()), bins);
    double[] truth = binned(likelihood.times(data), bins);
    double toModel = 0;
    double toTruth = 0;
    double error = 0;
    for (int bin = 0; bin < bins; bin++) {
      double share = counts[bin] / (double) draws;
      toModel += Math.abs(share - model[bin]) / 2;
      toTruth += Math.abs(share - truth[bin]) / 2;
      // Four standard errors of each bin's share bound their sum generously.
      error += 4 * Math.sqrt(model[bin] * (1 - model[bin]) / draws) / 2;
    }
    System.out.printf(
        Locale.ROOT,
        "samples to the model's posterior: TV %.4f (error %.4f), to the true one %.4f%n",
        toModel,
        error,
        toTruth);
    assertTrue(toModel <= error, "TV of the samples from the model's posterior: " + toModel);
    assertTrue(toTruth <= 2 * comparison.condition() * comparison.priorDistance() + error);
    // The check can tell the two posteriors apart.
    assertTrue(toTruth > error, "TV of the samples from the true posterior: " + toTruth);
  }

  private static double[] binned(Density density, int bins) {
    double[] shares = new double[bins];
    for (int i = 0; i < CELLS; i++) {
      shares[i * bins / CELLS] += density.values()[i] * density.cell() / density.integral();
    }
    return shares;
  }

  @Test
  void theBoundHoldsInTwoDimensionsAndItsSharpFormIsAttained() {
    double width = 0.4;
    List<Component> modes =
        List.of(new Component(0.5, -2, 0, width), new Component(0.5, 2, 0, width));
    List<Component> otherWeights =
        List.of(new Component(0.4, -2, 0, width), new Component(0.6, 2, 0, width));
    List<Component> tilted =
        List.of(new Component(0.5, -2, -0.2, width), new Component(0.5, 2, 0.2, width));
    Density data = plane(modes);
    DoubleBinaryOperator blind = (x, y) -> normalLikelihood(0, 2).applyAsDouble(y, 0);
    Density secondOnly = Density.inPlane(blind);
    Comparison attained = Comparison.of(data, plane(otherWeights), secondOnly);
    attained.hold("2-D, second coordinate measured as 0 +- 2, weights 0.4 and 0.6");
    // The measurement says nothing of the modes, so that all of the prior's error stays.
    assertTrue(
        attained.posteriorDistance() > 0.95 * attained.condition() * attained.priorDistance());
    Comparison.of(data, plane(tilted), secondOnly)
        .hold("2-D, second coordinate measured as 0 +- 2, modes 0.2 up and down");
    for (double measured : new double[] {2, 5}) {
      DoubleBinaryOperator sum = (x, y) -> normalLikelihood(measured, 0.5).applyAsDouble(x + y, 0);
      Density likelihood = Density.inPlane(sum);
      String y = "2-D, sum measured as " + measured + " +- 0.5";
      Comparison.of(data, plane(otherWeights), likelihood).hold(y + ", weights 0.4 and 0.6");
      Comparison.of(data, plane(tilted), likelihood).hold(y + ", modes 0.2 up and down");
    }
  }
}
