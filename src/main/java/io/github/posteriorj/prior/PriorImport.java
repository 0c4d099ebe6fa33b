package io.github.posteriorj.prior;

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
public record PriorImport(PriorInstaller installer, ComputeDevice device, Consent consent) {

  private static final String IMPORTING = "Importing";
  private static final int STAGES = 4;

  private static final String NETWORK = "network.pt";

  /** Decides whether a network may run. */
  @FunctionalInterface
  public interface Consent {

    /**
     * Returns if the network may run.
     *
     * @param source where it comes from, for people
     * @param sha256 the hash of its file
     * @throws IllegalArgumentException if it may not; the message says what to do
     */
    void ask(Path source, String sha256) throws IOException;
  }

  /**
   * What a network without a card is called, and what belongs to it.
   *
   * @param title the prior's name for people
   * @param description what it makes and where it comes from
   * @param license SPDX identifier of its licence
   * @param constants its constants
   */
  public record Description(
      String title, String description, String license, PriorConstants constants) {}

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
      Path source, Optional<String> name, boolean replace, Description described, Progress progress)
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
      PriorSource kind, Path source, Path folder, Description described, Progress progress)
      throws IOException {
    stage(kind, folder, described);
    progress.advanced(IMPORTING, 1, STAGES);
    PriorCard card = PriorCard.read(folder);
    checkInside(folder, card);
    for (Path network : PriorSource.networksIn(folder)) {
      consent.ask(source, ConsistencyModel.sha256(network));
    }
    progress.advanced(IMPORTING, 2, STAGES);
    try (ConsistencyModel model = ConsistencyModel.open(folder, device)) {
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

  private static void stage(PriorSource kind, Path folder, Description described)
      throws IOException {
    if (kind instanceof PriorSource.Folder prior) {
      prior.copyTo(folder);
    } else if (kind instanceof PriorSource.Archive archive) {
      archive.unpackTo(folder);
    } else if (kind instanceof PriorSource.Network network) {
      Path copy = folder.resolve(NETWORK);
      Files.copy(network.file(), copy, StandardCopyOption.REPLACE_EXISTING);
      described
          .constants()
          .card(described.title(), described.description(), described.license())
          .withWeights(NETWORK, ConsistencyModel.sha256(copy))
          .write(folder);
    }
  }

  private static void checkInside(Path folder, PriorCard card) throws IOException {
    if (!card.network().normalize().startsWith(folder.toAbsolutePath().normalize())) {
      throw new IOException(
          "The card of the prior \""
              + card.name()
              + "\" names a network outside of the prior's folder: "
              + card.network().normalize()
              + ". Put the network beside the card.");
    }
    if (!Files.isRegularFile(card.network())) {
      throw new IOException(
          "The prior \""
              + card.name()
              + "\" lacks its network "
              + card.network().getFileName()
              + ".");
    }
  }
}
