package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerSettingsTest {

  private static SamplerSettings settings(
      int samples, int chains, int startSteps, int burnIn, int thinning, double stepSize) {
    return new SamplerSettings(
        samples,
        chains,
        new SamplerSettings.Start(WarmStart.RANDOMISE_THEN_OPTIMISE, startSteps),
        new SamplerSettings.Moves(Integrator.MALA, Preconditioning.NONE, stepSize),
        new SamplerSettings.Transitions(burnIn, thinning),
        SampleTarget.NONE,
        1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0, 1, 0, number of samples must be 2 or more",
    "2, 0, 0, 0, 1, 0, number of chains must be 1 or more",
    "2, 2, -1, 0, 1, 0, number of warm-start steps must be 0 or more",
    "2, 2, 0, -1, 1, 0, number of burn-in steps must be 0 or more",
    "2, 2, 0, 0, 0, 0, number of thinning steps must be 1 or more",
    "2, 3, 0, 0, 1, 0, 3 chains cannot share 2 samples",
    "2, 2, 0, 0, 1, -1, step size must be a positive number",
    "2, 2, 0, 0, 1, NaN, step size must be a positive number",
    "2, 2, 0, 0, 1, Infinity, step size must be a positive number",
  })
  void aSettingOutOfItsRangeIsNamed(
      int samples,
      int chains,
      int startSteps,
      int burnIn,
      int thinning,
      double stepSize,
      String message) {
    String found =
        assertThrows(
                IllegalArgumentException.class,
                () -> settings(samples, chains, startSteps, burnIn, thinning, stepSize))
            .getMessage();
    assertTrue(found.contains(message), found);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 100, effective sample size to reach must be a positive number",
    "Infinity, 100, effective sample size to reach must be a positive number",
    "50, -1, limit on gradients must be a positive number",
    "50, 0, needs a limit on gradients",
  })
  void aTargetOutOfItsRangeIsNamed(double effectiveSamples, long gradients, String message) {
    String found =
        assertThrows(
                IllegalArgumentException.class, () -> new SampleTarget(effectiveSamples, gradients))
            .getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void theLeastSettingsAreTaken() {
    assertEquals(1, settings(2, 2, 0, 0, 1, 0).rounds());
  }

  @ParameterizedTest
  @CsvSource({"16, 8, 2", "17, 8, 3", "5, 1, 5"})
  void theLongestChainGivesTheRestOfTheSamples(int samples, int chains, int rounds) {
    assertEquals(rounds, settings(samples, chains, 0, 0, 1, 0).rounds());
  }
}
