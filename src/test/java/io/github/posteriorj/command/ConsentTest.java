package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.command.prior.OwnPriorsTest;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No command runs a network of unknown origin without consent. */
class ConsentTest extends OwnPriorsTest {

  private static final String RESTORING =
      "image=cells samples=2 chains=2 warm_start_steps=1 burn_in=0 noise=5 device=cpu ";

  private static final String SAMPLING = "samples=1 width=16 height=16 device=cpu ";

  private Path prior;

  @BeforeEach
  void writeNetworks() throws IOException {
    prior = directory.resolve("prior");
    PriorFolders.writeTrainable(
        prior, 8, "return torch.add(torch.div(x, 80.0), torch.mul(self.level, x))");
    PriorFolders.addDenoiser(prior, "return torch.div(x, 2.0)");
    BadInput.writeNetworks(directory.resolve("networks"));
  }

  private String errorOfRunning(String command, String options) {
    return errorOf(
        BadInput.CELLS
            + "cells('cells', '32-bit', 32, 32); run('"
            + command
            + "...', '"
            + options
                .replace("{prior}", "prior=[" + prior + "]")
                .replace("{network}", "network=[" + directory.resolve("networks/squared.pt") + "]")
            + "');");
  }

  /** A command, options by which it runs a network that nobody knows, and that network. */
  private record Use(String command, String options, String network) {}

  private static Stream<Use> uses() {
    return Stream.of(
        new Use("Posterior Denoise", RESTORING + "{prior}", "network.pt"),
        new Use(
            "Posterior Denoise",
            RESTORING + "generator=[probability flow] generation_steps=2 {prior}",
            "denoiser.pt"),
        new Use(
            "Posterior with Network Operator",
            RESTORING + "width=64 height=64 {network} {prior}",
            "squared.pt"),
        new Use("Posterior Nonlinear Deblur", RESTORING + "{network} {prior}", "squared.pt"),
        new Use("Simulate Network Operator", "image=cells {network}", "squared.pt"),
        new Use("Simulate Nonlinear Blur", "image=cells {network}", "squared.pt"),
        new Use("Sample Prior", SAMPLING + "{prior}", "network.pt"),
        new Use("Prior Info", "samples=1 device=cpu {prior}", "network.pt"),
        new Use(
            "Fine-Tune Prior",
            "image=cells name=tuned steps=1 batch=1 patch_size=8 validate_every=1 device=cpu"
                + " {prior}",
            "network.pt"));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void anUnknownNetworkIsRefusedUnlessItIsTrusted(Use use) {
    String refusal = errorOfRunning(use.command(), use.options());
    assertTrue(refusal.contains(use.network() + " is unknown here (SHA-256 "), refusal);
    assertTrue(refusal.endsWith("run the command with trust=true."), refusal);
    String other = errorOfRunning(use.command(), use.options() + " trust=true");
    assertFalse(String.valueOf(other).contains("is unknown here"), other);
  }

  @Test
  void consentThatIsGivenBeforehandCountsOnce() {
    assertNull(errorOfRunning("Sample Prior", SAMPLING + "{prior} trust=true"));
    String again = errorOfRunning("Sample Prior", SAMPLING + "{prior}");
    assertTrue(again.contains("is unknown here"), again);
  }

  @Test
  void aTrustedHashNeedsNoQuestionWhereverItsFileLies() throws IOException {
    Installation.trustedNetworks().add(PriorCard.read(prior).network(), "beads");
    assertNull(errorOfRunning("Sample Prior", SAMPLING + "{prior}"));
  }

  @Test
  void aTrustedCardDoesNotCoverAnotherNetwork() throws IOException {
    Installation.trustedNetworks().add(PriorCard.read(prior).network(), "beads");
    Files.copy(
        directory.resolve("networks/squared.pt"),
        prior.resolve("network.pt"),
        StandardCopyOption.REPLACE_EXISTING);
    String error = errorOfRunning("Sample Prior", SAMPLING + "{prior}");
    assertTrue(error.contains("not the ones that the card"), error);
  }

  @Test
  void networksOfTheInstallationNeedNoQuestion() {
    assertNull(
        errorOfRunning("Simulate Nonlinear Blur", "image=cells network=neural-blur.pt noise=1"));
    for (String own : List.of("", "generator=[probability flow] generation_steps=2 ")) {
      assertNull(errorOfRunning("Sample Prior", SAMPLING + own));
    }
  }
}
