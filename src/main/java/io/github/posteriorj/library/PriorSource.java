package io.github.posteriorj.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Something that a prior can be made of. Nothing of it is run: that is for {@link PriorImport},
 * after the user's consent.
 */
public sealed interface PriorSource {

  /** A name for the prior, that of the file or folder. */
  String name();

  /**
   * A TorchScript network without a card.
   *
   * @param file the network
   */
  record Network(Path file) implements PriorSource {

    @Override
    public String name() {
      return withoutExtension(file);
    }
  }

  /**
   * A prior's folder, with its card.
   *
   * @param folder the folder
   */
  record Folder(Path folder) implements PriorSource {

    @Override
    public String name() {
      return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Copies the files of the folder and of the folders in it; links are left out. */
    void copyTo(Path target) throws IOException {
      List<Path> paths;
      try (Stream<Path> walk = Files.walk(folder)) {
        paths = walk.toList();
      }
      for (Path path : paths) {
        Path copy = target.resolve(folder.relativize(path).toString());
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(copy.getParent());
          Files.copy(path, copy);
        }
      }
    }
  }

  /**
   * A zip file of a prior's folder.
   *
   * @param file the zip file
   * @param top the folder in it that holds the card, with a slash at its end; empty for the zip's
   *     own top
   */
  record Archive(Path file, String top) implements PriorSource {

    @Override
    public String name() {
      return top.isEmpty() ? withoutExtension(file) : Path.of(top).getFileName().toString();
    }

    /**
     * Unpacks the prior's folder.
     *
     * @throws IOException if an entry would be written outside of the target, or the file is
     *     damaged
     */
    void unpackTo(Path target) throws IOException {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
          ZipEntry entry = entries.nextElement();
          Path path = inside(target, entry);
          if (path != null && !entry.isDirectory()) {
            Files.createDirectories(path.getParent());
            try (InputStream content = zip.getInputStream(entry)) {
              Files.copy(content, path);
            }
          }
        }
      } catch (ZipException e) {
        throw damaged(file, e);
      }
    }

    /** Where an entry goes, or null if it is none of the prior's. */
    private Path inside(Path target, ZipEntry entry) throws IOException {
      String name = entry.getName().replace('\\', '/');
      Path path = target.resolve(name.startsWith(top) ? name.substring(top.length()) : name);
      if (name.startsWith("/")
          || name.matches("[A-Za-z]:.*")
          || !path.normalize().startsWith(target.normalize())) {
        throw new IOException(
            "The zip file "
                + file
                + " is refused: its entry \""
                + entry.getName()
                + "\" would be written outside of the prior's folder.");
      }
      return name.startsWith(top) ? path.normalize() : null;
    }
  }

  /**
   * Finds out what a path is: a TorchScript file, a folder with a card (or the card in it), or a
   * zip file of such a folder.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws IOException if it is none of these
   */
  static PriorSource of(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "There is no such file or folder.");
    }
    if (Files.isDirectory(path)) {
      if (!Files.isRegularFile(path.resolve(PriorCard.FILE_NAME))) {
        throw new IOException(
            "The folder " + path + " is no prior: it has no card " + PriorCard.FILE_NAME + ".");
      }
      return new Folder(path);
    }
    if (path.getFileName().toString().equals(PriorCard.FILE_NAME)) {
      return new Folder(path.toAbsolutePath().getParent());
    }
    return ofFile(path);
  }

  /** All TorchScript files in a folder and in the folders in it, whatever they are called. */
  static List<Path> networksIn(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<Path> networks = new ArrayList<>();
    for (Path file : files) {
      try {
        if (isNetwork(entryNames(file))) {
          networks.add(file);
        }
      } catch (ZipException e) {
        // PyTorch reads zip files only.
        continue;
      }
    }
    return networks;
  }

  private static List<String> entryNames(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(entry -> entry.getName().replace('\\', '/')).toList();
    }
  }

  /** PyTorch's own files are zip files, and only networks hold code and its constants. */
  private static boolean isNetwork(List<String> names) {
    return names.stream().anyMatch(name -> name.endsWith("/constants.pkl"));
  }

  private static PriorSource ofFile(Path file) throws IOException {
    List<String> names;
    try {
      names = entryNames(file);
    } catch (ZipException e) {
      throw new IOException(
          "The file "
              + file
              + " is neither a TorchScript network nor a zip file of a prior's folder, or it is"
              + " truncated. A network is exported by torch.jit.save; weights alone (a state_dict)"
              + " do not suffice.",
          e);
    }
    if (isNetwork(names)) {
      return new Network(file);
    }
    List<String> cards =
        names.stream()
            .filter(name -> ("/" + name).endsWith("/" + PriorCard.FILE_NAME))
            .map(name -> name.substring(0, name.length() - PriorCard.FILE_NAME.length()))
            .toList();
    if (names.stream().anyMatch(name -> name.endsWith("/data.pkl"))) {
      throw new IOException(
          "The file "
              + file
              + " holds weights alone (a state_dict), not a network. Export the network with"
              + " torch.jit.save first.");
    }
    if (cards.size() != 1) {
      throw new IOException(
          "The zip file "
              + file
              + (cards.isEmpty()
                  ? " holds no prior: there is no card " + PriorCard.FILE_NAME + " in it."
                  : " holds " + cards.size() + " priors. Import them one by one."));
    }
    return new Archive(file, cards.get(0));
  }

  private static IOException damaged(Path file, ZipException cause) {
    return new IOException("The zip file " + file + " is damaged: " + cause.getMessage(), cause);
  }

  private static String withoutExtension(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
  }
}
