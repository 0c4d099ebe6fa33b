package io.github.posteriorj.library;

import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.DiffusionModel;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes priors for tests: a folder with a card and a tiny network. */
public final class PriorFolders {

  private PriorFolders() {}

  /**
   * Writes a prior whose network has the given forward.
   *
   * @param sizeMultiple the card's size multiple; the smallest image is of this size, too
   * @param body forward's statements over x and sigma; sigma_max is 80
   */
  public static Path write(Path folder, int sizeMultiple, String... body) throws IOException {
    Files.createDirectories(folder);
    Path network = TorchScriptFiles.write(folder.resolve("network.pt"), body);
    return writeCard(folder, sizeMultiple, NetworkFile.of(network).sha256());
  }

  /** Writes a prior whose network has one parameter, {@code self.level}, which is zero. */
  public static Path writeTrainable(Path folder, int sizeMultiple, String... body)
      throws IOException {
    Files.createDirectories(folder);
    Path network =
        TorchScriptFiles.writeTrainable(folder.resolve("network.pt"), List.of("level"), body);
    return writeCard(folder, sizeMultiple, NetworkFile.of(network).sha256());
  }

  /**
   * Writes a denoiser beside a prior's network, and names it in the card.
   *
   * @param body forward's statements over x and sigma
   */
  public static Path addDenoiser(Path folder, String... body) throws IOException {
    Path denoiser = TorchScriptFiles.write(folder.resolve("denoiser.pt"), body);
    Path card = folder.resolve(PriorCard.FILE_NAME);
    String entry =
        "denoiser: {source: denoiser.pt, sha256: %s}".formatted(NetworkFile.of(denoiser).sha256());
    Files.writeString(card, Files.readString(card) + "    " + entry + "\n");
    return folder;
  }

  /**
   * Writes a local prior of reach 4: a network and a denoiser that look at 9 x 9 pixels, and bend
   * what they see. With falling noise they leave more of it, as those of images do.
   */
  public static Path writeLocal(Path folder) throws IOException {
    addDenoiser(write(folder, 8, local("level")), local("torch.mul(level, level)"));
    Path card = folder.resolve(PriorCard.FILE_NAME);
    Files.writeString(card, Files.readString(card) + "    reach: 4\n");
    return folder;
  }

  private static String[] local(String noise) {
    return new String[] {
      "level = torch.reshape(sigma, [-1, 1, 1, 1])",
      "shrunk = torch.div(x, torch.add(" + noise + ", 1.0))",
      "near = torch.avg_pool2d(shrunk, [9, 9], [1, 1], [4, 4])",
      "bent = torch.mul(torch.tanh(near), 0.2)",
      "return torch.add(bent, torch.mul(shrunk, 0.8))"
    };
  }

  /** Writes a prior of three channels. */
  public static Path writeColours(Path folder, int sizeMultiple, String... body)
      throws IOException {
    Path card = write(folder, sizeMultiple, body).resolve(PriorCard.FILE_NAME);
    Files.writeString(card, Files.readString(card).replace("channels: 1", "channels: 3"));
    return folder;
  }

  /** Opens the consistency model of a prior's folder on the CPU. */
  public static ConsistencyModel open(Path folder) throws IOException {
    return InstalledPrior.of(folder).openConsistencyModel(ComputeDevice.CPU, NetworkConsent.GIVEN);
  }

  /** Opens the denoiser of a prior's folder on the CPU. */
  public static DiffusionModel openDenoiser(Path folder) throws IOException {
    return InstalledPrior.of(folder).openDenoiser(ComputeDevice.CPU, NetworkConsent.GIVEN);
  }

  /** Writes the card of a network.pt with the given hash. */
  public static Path writeCard(Path folder, int sizeMultiple, String sha256) throws IOException {
    Files.writeString(
        folder.resolve(PriorCard.FILE_NAME),
        """
        name: Test prior
        weights:
          torchscript: {source: network.pt}
        config:
          posteriorj:
            sha256: %s
            sigma_min: 0.002
            sigma_max: 80
            value_range: [-1, 1]
            size_multiple: %d
            minimum_size: %d
            channels: 1
            gradient_bytes_per_pixel: 100
        """
            .formatted(sha256, sizeMultiple, sizeMultiple));
    return folder;
  }
}
