package io.github.posteriorj.job;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.NetworkFile;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The TorchScript file of an operator's network.
 *
 * @param name its name, or a path
 * @param sha256 its hash, if it has to be that file
 */
public record NetworkChoice(String name, Optional<String> sha256) {

  /** Any file of a name. */
  public static NetworkChoice named(String name) {
    return new NetworkChoice(name, Optional.empty());
  }

  /**
   * A network that is open.
   *
   * @param operator to be closed by who opened it
   * @param bound the file by its name and the hash that it has
   */
  public record Opened(NetworkOperator operator, NetworkChoice bound) {}

  /**
   * Opens a network whose measurements have the size of the images, if it may run.
   *
   * @param device where it is to run
   * @param seed the seed of its random code
   * @throws IllegalArgumentException if it may not run; the message says what to do
   * @throws IOException if there is no such file, it is another one than it has to be, or it cannot
   *     be read
   */
  public Opened open(Resources resources, ComputeDevice device, long seed) throws IOException {
    Path path = resources.network(name);
    NetworkChoice bound = permitted(path, resources);
    return new Opened(NetworkOperator.open(path, device, seed), bound);
  }

  /**
   * The same for a network that gives measurements of another size or kind.
   *
   * @param image [C, H, W], the images behind the measurements
   */
  public Opened open(Resources resources, ComputeDevice device, long seed, Shape image)
      throws IOException {
    Path path = resources.network(name);
    NetworkChoice bound = permitted(path, resources);
    return new Opened(NetworkOperator.open(path, device, seed, image), bound);
  }

  /** If there is no such file, nothing can run. */
  private NetworkChoice permitted(Path path, Resources resources) throws IOException {
    if (!Files.isRegularFile(path)) {
      return this;
    }
    NetworkFile file = NetworkFile.of(path);
    if (sha256.isPresent() && !sha256.get().equals(file.sha256())) {
      throw new IOException(
          "The network %s is another one than the job asks for: it has the SHA-256 %s, not %s."
              .formatted(path, file.sha256(), sha256.get()));
    }
    resources.consent().ask(file, path);
    return new NetworkChoice(name, Optional.of(file.sha256()));
  }
}
