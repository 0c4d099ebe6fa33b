package io.github.posteriorj.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network as it was at one moment, ready to be written as a TorchScript file. */
public final class SavedNetwork {

  private final byte[] content;

  SavedNetwork(byte[] content) {
    this.content = content;
  }

  /**
   * Writes the TorchScript file.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.write(file, content);
  }
}
