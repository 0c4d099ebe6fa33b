package io.github.posteriorj.library;

import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.PriorNetwork;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import io.github.posteriorj.tensor.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A prior's folder whose card has been read; nothing of its networks has run.
 *
 * <p>A network is opened in this order: its file's hash is compared with the card's, consent is
 * asked for, the file is loaded, and the network is tried. Each file is hashed once.
 *
 * <pre>{@code
 * try (GenerativeModel model =
 *     InstalledPrior.of(folder).openConsistencyModel(ComputeDevice.CPU, consent)) {
 *   Prior prior = model.forImages(1, new Shape(1, 64, 64), 1);
 * }
 * }</pre>
 */
public final class InstalledPrior {

  private final Path folder;
  private final PriorCard card;
  private final Map<Path, NetworkFile> found = new HashMap<>();

  private InstalledPrior(Path folder, PriorCard card) {
    this.folder = folder;
    this.card = card;
  }

  /**
   * Reads the card of a prior's folder.
   *
   * @throws IOException as {@link PriorCard#read} does
   */
  public static InstalledPrior of(Path folder) throws IOException {
    return new InstalledPrior(folder, PriorCard.read(folder));
  }

  /** The prior's folder. */
  public Path folder() {
    return folder;
  }

  /** The prior's card. */
  public PriorCard card() {
    return card;
  }

  /**
   * Opens the consistency model. Its denoiser, if the prior has one, is opened when it is asked
   * for.
   *
   * @param device where it is to run
   * @param consent asked before the network runs
   * @throws IOException if the network is missing, damaged or not the card's, or has another
   *     contract; each with a message of its own
   * @throws IllegalArgumentException if there is no consent; the message says what to do
   */
  public ConsistencyModel openConsistencyModel(ComputeDevice device, NetworkConsent consent)
      throws IOException {
    ConsistencyModel model = open(card.network(), device, consent, ConsistencyModel::of);
    return card.denoiser().isPresent()
        ? model.withDenoiser(() -> openDenoiser(device, consent))
        : model;
  }

  /**
   * Opens the denoiser, the diffusion model with the same constants.
   *
   * @param device where it is to run
   * @param consent asked before the network runs
   * @throws IOException as {@link #openConsistencyModel} does, or if the prior has no denoiser
   * @throws IllegalArgumentException if there is no consent; the message says what to do
   */
  public DiffusionModel openDenoiser(ComputeDevice device, NetworkConsent consent)
      throws IOException {
    return open(denoiser(), device, consent, DiffusionModel::of);
  }

  /**
   * Opens the consistency model's network to train it.
   *
   * @param device where it is to be trained
   * @param learningRate Adam's step size
   * @param consent asked before the network runs
   * @throws IOException if the network is missing, damaged or not the card's, or has no parameters
   * @throws IllegalArgumentException if there is no consent; the message says what to do
   */
  public TrainableNetwork openTrainable(
      ComputeDevice device, double learningRate, NetworkConsent consent) throws IOException {
    permit(card.network(), consent);
    return TrainableNetwork.load(card.network().path(), device, learningRate);
  }

  /** Makes a model of a network, or says what is wrong with it. */
  @FunctionalInterface
  private interface Maker<M extends GenerativeModel> {
    M of(PriorNetwork network) throws IOException;
  }

  private <M extends GenerativeModel> M open(
      NetworkFile file, ComputeDevice device, NetworkConsent consent, Maker<M> maker)
      throws IOException {
    permit(file, consent);
    PriorNetwork network =
        new PriorNetwork(
            card.name(),
            file.sha256(),
            card.constants(),
            TorchScriptNetwork.load(file.path(), device));
    try {
      return maker.of(network);
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private NetworkFile denoiser() throws IOException {
    return card.denoiser()
        .orElseThrow(
            () ->
                new IOException(
                    "The prior \""
                        + card.name()
                        + "\" has no denoiser, which the probability flow needs. Use"
                        + " generator=[consistency model], or a prior whose card names a"
                        + " denoiser."));
  }

  /** Returns if a network may be loaded; of a missing one, loading tells. */
  private void permit(NetworkFile network, NetworkConsent consent) throws IOException {
    if (!Files.isRegularFile(network.path())) {
      return;
    }
    // A damaged file is no stranger.
    if (!isTheCards(network)) {
      throw new IOException(
          "The weights "
              + network.path()
              + " are not the ones that the card of the prior describes (hash "
              + abbreviated(found(network).sha256())
              + ", expected "
              + abbreviated(network.sha256())
              + "): the file is truncated, damaged or another one. Install the prior again.");
    }
    consent.ask(network, network.path());
  }

  /**
   * Whether a network's file has the hash that the card tells.
   *
   * @throws IOException if it cannot be read
   */
  boolean isTheCards(NetworkFile network) throws IOException {
    return found(network).equals(network);
  }

  private NetworkFile found(NetworkFile network) throws IOException {
    NetworkFile known = found.get(network.path());
    if (known == null) {
      known = NetworkFile.of(network.path());
      found.put(network.path(), known);
    }
    return known;
  }

  private static String abbreviated(String hash) {
    return hash.substring(0, Math.min(12, hash.length())) + "...";
  }
}
