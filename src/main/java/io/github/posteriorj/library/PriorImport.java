package io.github.posteriorj.library;

import io.github.posteriorj.prior.ConsistencyContract;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Takes priors in: a TorchScript network with its constants, a prior's folder, or a zip file of
 * one.
 *
 * <p>A TorchScript file is a program. Nothing of it runs before the user has consented to its hash,
 * and to those of all others in the folder; then the contract is checked ({@link
 * ConsistencyContract}), and only a prior that keeps it gets its place among the others.
 *
 * @param installer makes the prior's folder
 * @param device what the network is tried on
 * @param consent asked before an unknown network runs
 */
public record PriorImport(PriorInstaller installer, ComputeDevice device, NetworkConsent consent) {

  private static final String IMPORTING = "Importing";
  private static final int STAGES = 4;

  private static final String NETWORK = "network.pt";

  /**
   * Imports a prior.
   *
   * @param source a file or folder, see {@link PriorSource#of}
   * @param name the name of the new folder; empty takes the source's
   * @param replace whether an older prior of that name may be replaced
   * @param described what the card of a network without one is to say; a prior that has a card
   *     keeps it
   * @param progress hears of each stage; nothing is left if it ends the import
   * @return the new prior's folder
   * @throws IOException if the source is no prior, is damaged, breaks the contract, or cannot be
   *     written; each with a message of its own
   * @throws IllegalArgumentException if the name is none or is taken, or consent was not given
   */
  public Path run(
      Path source,
      Optional<String> name,
      boolean replace,
      NetworkDescription described,
      Progress progress)
      throws IOException {
    PriorSource kind = PriorSource.of(source);
    return installer.install(
        name.orElseGet(kind::name),
        replace,
        folder -> {
          try {
            take(kind, source, folder, described, progress);
          } catch (FileSystemException e) {
            throw e;
          } catch (IOException e) {
            throw new IOException(named(e.getMessage(), kind, source, folder), e);
          }
        });
  }

  private void take(
      PriorSource kind, Path source, Path folder, NetworkDescription described, Progress progress)
      throws IOException {
    stage(kind, folder, described);
    progress.advanced(IMPORTING, 1, STAGES);
    InstalledPrior prior = InstalledPrior.of(folder);
    checkInside(folder, prior.card());
    for (Path network : PriorSource.networksIn(folder)) {
      // The prior's own is asked for when it is opened.
      if (!Files.isSameFile(network, prior.card().network().path())) {
        consent.ask(NetworkFile.of(network), source);
      }
    }
    progress.advanced(IMPORTING, 2, STAGES);
    try (ConsistencyModel model =
        prior.openConsistencyModel(device, (network, file) -> consent.ask(network, source))) {
      progress.advanced(IMPORTING, 3, STAGES);
      ConsistencyContract.check(model);
    }
    progress.advanced(IMPORTING, STAGES, STAGES);
  }

  /** A message about the hidden copy as one about what the user knows. */
  private static String named(String message, PriorSource kind, Path source, Path folder) {
    return String.valueOf(message)
        .replace(
            kind instanceof PriorSource.Network ? folder.resolve(NETWORK).toString() : "\0",
            source.toString())
        .replace(folder.toString(), source.toString());
  }

  private static void stage(PriorSource kind, Path folder, NetworkDescription described)
      throws IOException {
    if (kind instanceof PriorSource.Folder prior) {
      prior.copyTo(folder);
    } else if (kind instanceof PriorSource.Archive archive) {
      archive.unpackTo(folder);
    } else if (kind instanceof PriorSource.Network network) {
      Path copy = folder.resolve(NETWORK);
      Files.copy(network.file(), copy, StandardCopyOption.REPLACE_EXISTING);
      described.card().withWeights(NETWORK, NetworkFile.of(copy).sha256()).write(folder);
    }
  }

  private static void checkInside(Path folder, PriorCard card) throws IOException {
    Path network = card.network().path();
    if (!network.normalize().startsWith(folder.toAbsolutePath().normalize())) {
      throw new IOException(
          "The card of the prior \""
              + card.name()
              + "\" names a network outside of the prior's folder: "
              + network.normalize()
              + ". Put the network beside the card.");
    }
    if (!Files.isRegularFile(network)) {
      throw new IOException(
          "The prior \"" + card.name() + "\" lacks its network " + network.getFileName() + ".");
    }
  }
}
