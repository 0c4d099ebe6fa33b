package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.posteriorj.MainClasses;
import io.github.posteriorj.sampler.TransitionKernel.Transition;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every integrator keeps: its law at rest on a quadratic potential, and its manners. */
class IntegratorsTest {

  private static final double[] CURVATURES = {1, 4, 10};

  /**
   * The variance at rest along a direction of a given curvature: the exact one is 1 / curvature,
   * and an integrator's own bias is part of its contract. A new integrator adds its line here.
   */
  private static DoubleUnaryOperator varianceAtRest(Integrator integrator, double tau) {
    return switch (integrator) {
      case EULER_MARUYAMA -> curvature -> 1 / (curvature * (1 - tau * curvature / 2));
      case EXPONENTIAL ->
          curvature -> {
            double rho = Math.exp(-tau);
            double contraction = 1 - (1 - rho) * curvature;
            return (1 - rho * rho) / (1 - contraction * contraction);
          };
      case MALA, PCNL, UNDERDAMPED_LANGEVIN, HAMILTONIAN -> curvature -> 1 / curvature;
    };
  }

  private static Stream<Arguments> integratorsAndStepSizes() {
    return Arrays.stream(Integrator.values())
        .flatMap(
            integrator -> Stream.of(0.03, 0.06, 0.12).map(step -> Arguments.of(integrator, step)));
  }

  @Test
  void noKernelIsForgotten() {
    Set<String> selectable =
        Arrays.stream(Integrator.values())
            .map(integrator -> integrator.kernel().getClass().getName())
            .collect(Collectors.toSet());
    assertEquals(MainClasses.concreteNames(TransitionKernel.class), selectable);
  }

  private static RandomStream[] streams(int chains) {
    return IntStream.range(0, chains)
        .mapToObj(chain -> RandomStream.of(1, chain))
        .toArray(RandomStream[]::new);
  }

  private static ChainState[] places(Potential potential, float[][] states) {
    return ChainState.all(states, potential.evaluate(states));
  }

  @ParameterizedTest
  @MethodSource("integratorsAndStepSizes")
  void chainsComeToRestWithTheirMeanAndVariance(Integrator integrator, double stepSize) {
    int chains = 6_000;
    double centre = 3;
    QuadraticPotential potential =
        new QuadraticPotential(CURVATURES, new double[] {centre, centre, centre});
    TransitionKernel kernel = integrator.kernel();
    RandomStream[] random = streams(chains);
    ChainState[] places = places(potential, new float[chains][CURVATURES.length]);
    // Of the start, exp(-18) is left along the slowest direction; with inertia exp(-9). A
    // trajectory through an angle leaves its cosine, about 1 - angle^2 / 2; where the angle is near
    // half a turn for one of the directions, the spread of the steps leaves nine tenths.
    int gradients = kernel.gradients(stepSize);
    double angle = gradients * stepSize;
    double transitions = gradients == 1 ? 18 / stepSize : Math.max(100, 24 / (angle * angle));
    for (int step = 0; step < transitions; step++) {
      places = kernel.advance(potential, places, stepSize, random).places();
    }
    for (int i = 0; i < CURVATURES.length; i++) {
      int direction = i;
      double[] values =
          Arrays.stream(places).mapToDouble(place -> place.position()[direction]).toArray();
      double expected = varianceAtRest(integrator, stepSize).applyAsDouble(CURVATURES[i]);
      // Four standard errors of a mean, and of the variance of normal numbers.
      assertEquals(centre, mean(values), 4 * Math.sqrt(expected / chains));
      assertEquals(expected, variance(values), 4 * expected * Math.sqrt(2.0 / chains));
    }
  }

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void aMoveChangesNothingThatItIsGiven(Integrator integrator) {
    QuadraticPotential potential = new QuadraticPotential(new double[] {1, 4}, new double[] {0, 0});
    ChainState[] places = places(potential, new float[][] {{1, 2}});
    Transition transition = integrator.kernel().advance(potential, places, 0.01, streams(1));
    assertNotSame(places, transition.places());
    assertArrayEquals(new float[] {1, 2}, places[0].position());
    assertArrayEquals(new float[] {1, 8}, places[0].gradient());
    assertEquals(0, places[0].velocity().length);
  }

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void equalStreamsGiveEqualMovesAndAStreamMovesOn(Integrator integrator) {
    QuadraticPotential potential = new QuadraticPotential(new double[] {1, 4}, new double[] {0, 0});
    ChainState[] start = places(potential, new float[][] {{1, 2}});
    RandomStream[] random = streams(1);
    float[] first = move(integrator, potential, start, random)[0].position();
    float[] second = move(integrator, potential, start, random)[0].position();
    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(first, move(integrator, potential, start, streams(1))[0].position());
  }

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void aChainDoesNotDependOnTheOthers(Integrator integrator) {
    QuadraticPotential potential = new QuadraticPotential(new double[] {1, 4}, new double[] {0, 0});
    ChainState[] together = places(potential, new float[][] {{1, 2}, {-3, 0}, {5, 1}});
    ChainState[] alone = new ChainState[] {together[2]};
    RandomStream[] random = streams(3);
    RandomStream[] own = {RandomStream.of(1, 2)};
    for (int step = 0; step < 5; step++) {
      together = move(integrator, potential, together, random);
      alone = move(integrator, potential, alone, own);
      assertArrayEquals(together[2].position(), alone[0].position());
    }
  }

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void aMoveTakesAsManyGradientsAsItSays(Integrator integrator) {
    int[] evaluations = new int[1];
    Potential counted =
        new Potential() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public Evaluation evaluate(float[][] states) {
            evaluations[0]++;
            return new QuadraticPotential(new double[] {1, 4}, new double[] {0, 0})
                .evaluate(states);
          }
        };
    ChainState[] start = places(counted, new float[][] {{1, 2}, {2, 1}});
    evaluations[0] = 0;
    integrator.kernel().advance(counted, start, 0.1, streams(2));
    assertEquals(integrator.kernel().gradients(0.1), evaluations[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = Integrator.class,
      names = {"UNDERDAMPED_LANGEVIN", "HAMILTONIAN"})
  void aTransitionLeadsAsFarAtEveryStepSize(Integrator integrator) {
    TransitionKernel kernel = integrator.kernel();
    for (double stepSize : new double[] {0.03, 0.05, 0.1, 0.3}) {
      // A whole number of steps.
      assertEquals(Math.PI / 2, kernel.gradients(stepSize) * stepSize, stepSize / 2);
    }
    assertEquals(60, kernel.gradients(1e-9));
    assertEquals(1, kernel.gradients(100));
  }

  /** A potential that is not finite beyond a distance of 10 from the origin. */
  private static final Potential CLIFF =
      new Potential() {
        @Override
        public int dimension() {
          return 2;
        }

        @Override
        public Evaluation evaluate(float[][] states) {
          Evaluation slope =
              new QuadraticPotential(new double[] {1, 1}, new double[] {1e4, 0}).evaluate(states);
          for (int chain = 0; chain < states.length; chain++) {
            if (Math.abs(states[chain][0]) > 10) {
              slope.potential()[chain] = Double.NaN;
            }
          }
          return slope;
        }
      };

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void aMoveToWhereNothingIsFiniteIsTold(Integrator integrator) {
    TransitionKernel kernel = integrator.kernel();
    ChainState[] start = places(CLIFF, new float[][] {{0, 0}});
    Transition transition = kernel.advance(CLIFF, start, 0.5, streams(1));
    assertEquals(0, transition.acceptance()[0]);
    if (kernel.targetAcceptance().isPresent()) {
      assertSame(start[0], transition.places()[0]);
    }
  }

  @Test
  void acceptedProposalsOfMalaAndPcnlAreThoseOfTheirLangevinSteps() {
    QuadraticPotential potential = new QuadraticPotential(new double[] {3, 1}, new double[] {1, 2});
    ChainState[] start = places(potential, new float[][] {{0.5f, 1}});
    for (double tau : new double[] {1e-3, 0.05}) {
      assertArrayEquals(
          new EulerMaruyama().advance(potential, start, tau, streams(1)).places()[0].position(),
          MetropolisLangevin.mala()
              .advance(potential, start, tau, streams(1))
              .places()[0]
              .position(),
          1e-6f);
      assertArrayEquals(
          new ExponentialIntegrator()
              .advance(potential, start, tau, streams(1))
              .places()[0]
              .position(),
          MetropolisLangevin.pcnl()
              .advance(potential, start, tau, streams(1))
              .places()[0]
              .position(),
          1e-6f);
    }
  }

  /** Cotter et al. 2013, section 4.3: a = min(1, exp(rho(u, v) - rho(v, u))). */
  @Test
  void pcnlAcceptsWithTheProbabilityOfItsPaper() {
    double curvature = 9;
    QuadraticPotential potential =
        new QuadraticPotential(new double[] {curvature}, new double[] {0});
    double tau = 0.3;
    double delta = 2 * (1 - Math.exp(-tau)) / (1 + Math.exp(-tau));
    double u = 0.4;
    ChainState[] start = places(potential, new float[][] {{(float) u}});
    for (int stream = 0; stream < 20; stream++) {
      RandomStream[] random = {RandomStream.of(8, stream)};
      double noise = RandomStream.of(8, stream).gaussian();
      double v =
          ((2 - delta) * u - 2 * delta * (curvature - 1) * u + Math.sqrt(8 * delta) * noise)
              / (2 + delta);
      double expected = Math.min(1, Math.exp(rho(u, v, delta) - rho(v, u, delta)));
      double found =
          MetropolisLangevin.pcnl().advance(potential, start, tau, random).acceptance()[0];
      assertEquals(expected, found, 1e-5);
    }
  }

  private static double rho(double u, double v, double delta) {
    double gradient = 8 * u;
    return 4 * u * u
        + (v - u) * gradient / 2
        + delta / 4 * (u + v) * gradient
        + delta / 4 * gradient * gradient;
  }

  @Test
  void theRotationKeepsTheEnergyOfAStandardNormalDensityInAnyDimension() {
    int dimension = 10_000;
    double[] curvatures = new double[dimension];
    Arrays.fill(curvatures, 1);
    QuadraticPotential potential = new QuadraticPotential(curvatures, new double[dimension]);
    ChainState[] start =
        places(potential, new float[][] {RandomStream.of(4, 0).gaussian(dimension)});
    Transition transition =
        Integrator.HAMILTONIAN.kernel().advance(potential, start, 0.15, streams(1));
    // Float32 rounds an energy of 10,000 by some 1e-3 over ten steps.
    assertEquals(1, transition.acceptance()[0], 0.02);
  }

  /** Without a force v(t) = e^(-gamma t) v(0) + sqrt(1 - e^(-2 gamma t)) xi. */
  @Test
  void frictionForgetsTheVelocityAtItsRate() {
    int dimension = 100_000;
    QuadraticPotential flat = new QuadraticPotential(new double[dimension], new double[dimension]);
    float[] before = RandomStream.of(7, 0).gaussian(dimension);
    ChainState start = places(flat, new float[1][dimension])[0].withVelocity(before);
    float[] after =
        new UnderdampedLangevin(2, 0.3, 1)
            .advance(flat, new ChainState[] {start}, 0.3, streams(1))
            .places()[0]
            .velocity();
    double product = 0;
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      product += (double) before[i] * after[i] / dimension;
      squares += (double) after[i] * after[i] / dimension;
    }
    double left = Math.exp(-2 * 0.3);
    // Four standard errors of means of products of normal numbers.
    assertEquals(left, product, 4 * Math.sqrt((1 + left * left) / dimension));
    assertEquals(1, squares, 4 * Math.sqrt(2.0 / dimension));
  }

  private static ChainState[] move(
      Integrator integrator, Potential potential, ChainState[] places, RandomStream[] random) {
    return integrator.kernel().advance(potential, places, 0.1, random).places();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }
}
