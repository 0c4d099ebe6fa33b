package io.github.posteriorj.sampler;

import java.io.IOException;
import java.nio.file.Path;

/** Checkpoints of a state after every move. */
public final class CheckpointFolders {

  private CheckpointFolders() {}

  /** Opens a folder for a run. */
  public static CheckpointFolder ofEveryMove(Path folder, String run) throws IOException {
    return CheckpointFolder.open(folder, run, writing -> 0);
  }
}
