package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * Checkpoints in a folder of files, each of which has its name when it is whole.
 *
 * <p>They belong to one run: those of another one are thrown away.
 */
public final class CheckpointFolder implements Checkpoints {

  private static final long LEAST_PAUSE = Duration.ofSeconds(2).toNanos();

  /** Keeping states takes a twentieth of the time at most. */
  private static final long WRITINGS_OF_A_PAUSE = 20;

  private static final String RUN = "run.txt";

  private final Path folder;
  private final LongUnaryOperator pause;
  private long paused = System.nanoTime();
  private long longestWriting;

  private CheckpointFolder(Path folder, LongUnaryOperator pause) {
    this.folder = folder;
    this.pause = pause;
  }

  /**
   * Opens a folder; it is made if there is none.
   *
   * @param run all that determines the run's states
   * @throws IOException if it cannot be written to
   */
  public static CheckpointFolder open(Path folder, String run) throws IOException {
    return open(folder, run, writing -> Math.max(LEAST_PAUSE, WRITINGS_OF_A_PAUSE * writing));
  }

  /**
   * The same, with other pauses between states.
   *
   * @param pause nanoseconds, of those that the slowest writing has taken
   */
  static CheckpointFolder open(Path folder, String run, LongUnaryOperator pause)
      throws IOException {
    Path file = folder.resolve(RUN);
    if (!Files.exists(file) || !Files.readString(file).equals(run)) {
      delete(folder);
      Files.createDirectories(folder);
      Files.writeString(file, run);
    }
    return new CheckpointFolder(folder, pause);
  }

  /**
   * Deletes a folder, if there is one.
   *
   * @throws IOException if it cannot be deleted
   */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  @Override
  public boolean isDue() {
    boolean isDue = System.nanoTime() - paused >= pause.applyAsLong(longestWriting);
    if (isDue) {
      paused = System.nanoTime();
    }
    return isDue;
  }

  @Override
  public void keep(String name, NDList arrays) {
    Path part = folder.resolve("." + name + ".part");
    long begun = System.nanoTime();
    try {
      try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(part))) {
        arrays.encode(output);
      }
      Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The state of the run cannot be kept in %s: %s".formatted(folder, e.getMessage()), e);
    }
    longestWriting = Math.max(longestWriting, System.nanoTime() - begun);
  }

  @Override
  public Optional<NDList> kept(String name, NDManager scope) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file));
        NDList read = NDList.decode(scope, input)) {
      // What was read lies in Java's memory, at another alignment each time.
      return Optional.of(new NDList(read.stream().map(NDArray::duplicate).toArray(NDArray[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The state that a run before has kept in %s cannot be read: %s. Delete it to begin anew."
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
