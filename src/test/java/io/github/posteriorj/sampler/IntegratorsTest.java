package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every integrator keeps: its law at rest on a quadratic potential, and its manners. */
class IntegratorsTest {

  /**
   * An integrator and the variance that it has at rest along a direction of a given curvature: the
   * exact one is 1 / curvature, and each integrator's own bias is part of its contract.
   */
  private record Entry(Integrator integrator, Variance atRest) {
    @Override
    public String toString() {
      return integrator.getClass().getSimpleName();
    }
  }

  private interface Variance {
    double of(double curvature, double stepSize);
  }

  private static List<Entry> integrators() {
    return List.of(
        // A new integrator adds its line here.
        new Entry(new EulerMaruyama(), (l, tau) -> 1 / (l * (1 - tau * l / 2))));
  }

  @Test
  void noIntegratorIsForgotten() {
    Set<String> written =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.posteriorj")
                .stream()
                .filter(type -> type.isAssignableTo(Integrator.class) && !type.isInterface())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    Set<String> tested =
        integrators().stream()
            .map(entry -> entry.integrator().getClass().getName())
            .collect(Collectors.toSet());
    assertEquals(written, tested);
  }

  private static Stream<Entry> entries() {
    return integrators().stream();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void independentCoordinatesComeToRestWithTheirMeanAndVariance(Entry entry) {
    int copies = 20_000;
    double[] curvatures = {1, 4, 10};
    double stepSize = 0.05;
    double centre = 3;
    double[] all = new double[curvatures.length * copies];
    double[] minimum = new double[all.length];
    Arrays.setAll(all, i -> curvatures[i / copies]);
    Arrays.fill(minimum, centre);
    QuadraticPotential potential = new QuadraticPotential(all, minimum);
    RandomStream random = RandomStream.of(1, 0);
    float[] state = new float[all.length];
    // Of the start, exp(-15) is left along the slowest direction.
    for (int step = 0; step < 300; step++) {
      float[] gradient = potential.evaluate(new float[][] {state}).gradient()[0];
      state = entry.integrator().step(state, gradient, stepSize, random);
    }
    for (int direction = 0; direction < curvatures.length; direction++) {
      float[] values = Arrays.copyOfRange(state, direction * copies, (direction + 1) * copies);
      double expected = entry.atRest().of(curvatures[direction], stepSize);
      // Four standard errors of a mean, and of the variance of normal numbers.
      assertEquals(centre, mean(values), 4 * Math.sqrt(expected / copies));
      assertEquals(expected, variance(values), 4 * expected * Math.sqrt(2.0 / copies));
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aStepChangesNeitherTheStateNorTheGradientThatItIsGiven(Entry entry) {
    float[] state = {1, 2};
    float[] gradient = {3, 4};
    float[] next = entry.integrator().step(state, gradient, 0.1, RandomStream.of(1, 0));
    assertNotSame(state, next);
    assertArrayEquals(new float[] {1, 2}, state);
    assertArrayEquals(new float[] {3, 4}, gradient);
    assertEquals(2, next.length);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void equalStreamsGiveEqualStepsAndAStreamMovesOn(Entry entry) {
    float[] state = {1, 2};
    float[] gradient = {3, 4};
    RandomStream random = RandomStream.of(9, 0);
    float[] first = entry.integrator().step(state, gradient, 0.1, random);
    float[] second = entry.integrator().step(state, gradient, 0.1, random);
    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(first, entry.integrator().step(state, gradient, 0.1, RandomStream.of(9, 0)));
  }

  @Test
  void oneStepOfEulerMaruyamaHasItsTwoMoments() {
    int count = 200_000;
    float[] state = new float[count];
    float[] gradient = new float[count];
    Arrays.fill(state, 2);
    Arrays.fill(gradient, 7);
    double stepSize = 0.03;
    float[] next = new EulerMaruyama().step(state, gradient, stepSize, RandomStream.of(2, 0));
    double variance = 2 * stepSize;
    assertEquals(2 - stepSize * 7, mean(next), 4 * Math.sqrt(variance / count));
    assertEquals(variance, variance(next), 4 * variance * Math.sqrt(2.0 / count));
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double variance(float[] values) {
    double mean = mean(values);
    return IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .sum()
        / (values.length - 1);
  }
}
