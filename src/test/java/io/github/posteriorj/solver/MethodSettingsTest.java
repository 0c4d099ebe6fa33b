package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.text.RecordYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single settings of methods, and where their chains walk. */
class MethodSettingsTest {

  private static final LevelLangevin AT_LEVEL = LevelLangevin.standard();
  private static final NoiseSpaceLangevin AT_SIGMA_MAX = NoiseSpaceLangevin.standard();
  private static final Automatic AUTOMATIC = new Automatic(AT_LEVEL, AT_SIGMA_MAX);

  @Test
  void aSettingThatOneSolverHasChoosesIt() {
    Method changed = MethodSettings.with(AUTOMATIC, Map.of("integrator", "HMC", "burn_in", 3));
    NoiseSpaceLangevin solver = (NoiseSpaceLangevin) changed;
    assertEquals(Integrator.HAMILTONIAN, solver.integrator());
    assertEquals(3, solver.burnIn());
    assertEquals(AT_SIGMA_MAX.warmStartSteps(), solver.warmStartSteps());
    assertEquals(
        new LevelLangevin(0, 0, 7, AT_LEVEL.levelSteps(), AT_LEVEL.stepsBetween(), 0),
        MethodSettings.with(AUTOMATIC, Map.of("gibbs_sweeps", 7)));
  }

  @Test
  void aSettingThatBothHaveIsBoths() {
    Automatic changed = (Automatic) MethodSettings.with(AUTOMATIC, Map.of("chains", 3));
    assertEquals(3, changed.atLevel().chains());
    assertEquals(3, changed.atSigmaMax().chains());
    assertEquals(AUTOMATIC, MethodSettings.with(AUTOMATIC, Map.of()));
  }

  @Test
  void settingsOfDifferentSolversAndBadValuesAreRefused() {
    refused(AUTOMATIC, Map.of("burn_in", 3, "gibbs_sweeps", 3), "No method has all of these");
    refused(AT_LEVEL, Map.of("gibbs_sweeps", 0), "The number of sweeps must be 1 or more, not 0.");
    refused(AT_SIGMA_MAX, Map.of("integrator", "Euler"), "integrator has no choice \"Euler\"");
    assertEquals(
        List.of("burn_in"), MethodSettings.unknown(AT_LEVEL, Map.of("chains", 1, "burn_in", 1)));
  }

  private static void refused(Method method, Map<String, Object> changed, String why) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MethodSettings.with(method, changed))
            .getMessage();
    assertTrue(message.contains(why), message);
  }

  private record Written(Method method) {}

  @ParameterizedTest
  @MethodSource("io.github.posteriorj.solver.MethodSettings#kinds")
  void everyMethodIsReadAsItWasWritten(String kind) throws Exception {
    Written written = new Written(MethodSettings.standard(kind));
    RecordYaml yaml = MethodSettings.in(RecordYaml.PLAIN);
    assertEquals(written, yaml.read(Written.class, yaml.write(written), "text"));
    assertEquals(kind, MethodSettings.kind(written.method()));
  }

  @Test
  void methodsWithoutChainsAreNotMoved() {
    Method dps = MethodSettings.standard("DPS");
    assertEquals("none", ChainLevel.of(dps));
    String message =
        assertThrows(IllegalArgumentException.class, () -> ChainLevel.moved(dps, "0.3"))
            .getMessage();
    assertEquals("chain_level has no effect with method=[DPS]. Leave it out.", message);
  }

  @Test
  void chainsAreMovedWithTheMethodsOwnSettingsForThere() {
    for (Method method : List.of(AUTOMATIC, AT_LEVEL.withLevel(0.25), AT_SIGMA_MAX)) {
      assertEquals(method, ChainLevel.moved(method, ChainLevel.of(method)));
    }
    NoiseSpaceLangevin own = AT_SIGMA_MAX.withChains(5);
    assertEquals(own, ChainLevel.moved(new Automatic(AT_LEVEL, own), "sigma_max"));
    assertEquals(AT_LEVEL.withLevel(0.2), ChainLevel.moved(own, "0.2"));
    assertEquals(new Automatic(AT_LEVEL, own), ChainLevel.moved(own, "automatic"));
  }
}
