package io.github.posteriorj.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The priors that are installed: folders with a card, in one or several {@code models} folders.
 *
 * @param roots the {@code models} folders, the first ones first asked; they need not exist
 */
public record PriorLibrary(List<Path> roots) {

  /** Keeps a copy of the list. */
  public PriorLibrary {
    roots = List.copyOf(roots);
  }

  /** The names of the priors' folders, sorted, each once. */
  public List<String> names() {
    return roots.stream()
        .filter(Files::isDirectory)
        .flatMap(PriorLibrary::priorsIn)
        .map(folder -> folder.getFileName().toString())
        .distinct()
        .sorted()
        .toList();
  }

  /** The folders of a name, the one that {@link #find} gives first, then the ones it hides. */
  public List<Path> folders(String name) {
    return roots.stream()
        .filter(Files::isDirectory)
        .flatMap(PriorLibrary::priorsIn)
        .filter(folder -> folder.getFileName().toString().equals(name))
        .toList();
  }

  /**
   * Finds a prior's folder.
   *
   * @param name the folder's name, or a path to a prior's folder anywhere
   * @throws IOException if there is no such prior; the message lists the ones there are
   */
  public Path find(String name) throws IOException {
    try {
      Path path = Path.of(name);
      for (Path root : roots) {
        Path folder = root.resolve(path);
        if (!name.isBlank() && isPrior(folder)) {
          return folder;
        }
      }
      if (path.isAbsolute() && Files.isDirectory(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Then it is no name of a folder either, and the message below is the right one.
    }
    List<String> names = names();
    throw new IOException(
        "There is no prior \""
            + name
            + "\". "
            + (names.isEmpty()
                ? "No prior is installed at all: unzip PosteriorJ's package again, so that there"
                    + " are priors in "
                    + roots
                : "Installed: " + String.join(", ", names))
            + ".");
  }

  private static Stream<Path> priorsIn(Path root) {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(PriorLibrary::isPrior).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isPrior(Path folder) {
    // A name with a dot is a prior that is still being written.
    return !folder.getFileName().toString().startsWith(".")
        && Files.isRegularFile(folder.resolve(PriorCard.FILE_NAME));
  }
}
