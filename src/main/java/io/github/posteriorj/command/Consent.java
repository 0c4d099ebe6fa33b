package io.github.posteriorj.command;

import ij.IJ;
import io.github.posteriorj.imagej.input.Failure;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.NetworkFile;
import io.github.posteriorj.library.TrustedNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user's consent to run networks of unknown origin: a TorchScript file is a program that runs
 * with the user's rights.
 *
 * <p>Networks that came with the plugin and those that are trusted already need none ({@link
 * TrustedNetworks}). Others are asked for in a dialog, and trusted from then on; where nobody can
 * be asked, consent has to be given beforehand, and counts for that once.
 *
 * @param given whether it was given beforehand, as by {@code trust=true} in a macro
 */
public record Consent(boolean given) implements NetworkConsent {

  /** The label of the input {@code trust} of every command that opens networks. */
  public static final String LABEL = "I trust where its networks come from";

  /** The description of that input. */
  public static final String DESCRIPTION =
      "A network is a program. One of unknown origin runs only with your consent: in a dialog you"
          + " are asked; a macro needs trust=true.";

  /**
   * Returns if the network in a file may run.
   *
   * @param network the file; if there is none, nothing can run
   * @throws IllegalArgumentException if it may not; the message says what to do
   */
  public void askFor(Path network) throws IOException {
    if (Files.isRegularFile(network)) {
      ask(NetworkFile.of(network), network);
    }
  }

  @Override
  public void ask(NetworkFile network, Path source) throws IOException {
    TrustedNetworks trusted = Installation.trustedNetworks();
    if (given || trusted.contains(network)) {
      return;
    }
    String warning =
        "The network in "
            + source
            + " is unknown here (SHA-256 "
            + network.sha256()
            + "). A TorchScript network is a program that runs with your rights.";
    boolean canAsk = IJ.getInstance() != null && !IJ.isMacro();
    if (!canAsk) {
      throw new IllegalArgumentException(
          warning + " If you trust where it comes from, run the command with trust=true.");
    }
    if (!IJ.showMessageWithCancel(
        "Trust this network?",
        Failure.inLines(warning + " Press OK only if you trust where it comes from."))) {
      throw new IllegalArgumentException("The network was not run, because it was not trusted.");
    }
    trusted.add(network, source.getFileName().toString());
  }
}
