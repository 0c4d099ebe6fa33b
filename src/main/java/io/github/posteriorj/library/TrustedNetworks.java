package io.github.posteriorj.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks that may run: a TorchScript file is a program, so one of unknown origin needs the
 * user's consent, once.
 *
 * @param file a text file with one trusted network a line, its SHA-256 hash first; it need not
 *     exist
 * @param bundled a folder of priors that came with the plugin, which are trusted too
 */
public record TrustedNetworks(Path file, Optional<Path> bundled) {

  /**
   * Whether a network has come with the plugin or was trusted before.
   *
   * @throws IOException if the list or a network that came with the plugin cannot be read
   */
  public boolean contains(NetworkFile network) throws IOException {
    return lines().stream().anyMatch(line -> line.split("\\s")[0].equals(network.sha256()))
        || isBundled(network);
  }

  /**
   * Trusts a network from now on.
   *
   * @param name what to call it in the list, for people
   * @throws IOException if the list cannot be read or written
   */
  public void add(NetworkFile network, String name) throws IOException {
    if (contains(network)) {
      return;
    }
    List<String> lines = new ArrayList<>(lines());
    lines.add(network.sha256() + "  " + name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".trusted", ".txt");
    Files.write(whole, lines);
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> lines() throws IOException {
    return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
  }

  private boolean isBundled(NetworkFile network) throws IOException {
    if (bundled.isEmpty() || !Files.isDirectory(bundled.get())) {
      return false;
    }
    List<Path> known = PriorSource.networksIn(bundled.get());
    for (Path file : known) {
      // Its hash is known already.
      if (Files.exists(network.path()) && Files.isSameFile(file, network.path())) {
        return true;
      }
    }
    for (Path file : known) {
      if (NetworkFile.of(file).sha256().equals(network.sha256())) {
        return true;
      }
    }
    return false;
  }
}
