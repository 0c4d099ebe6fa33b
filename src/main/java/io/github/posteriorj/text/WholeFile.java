package io.github.posteriorj.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all, however a run ends. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a file under another name, and gives it its own one then.
   *
   * @param path the file; one that is there is replaced
   * @param text what it shall hold, in UTF-8
   * @throws IOException if it cannot be written
   */
  public static void write(Path path, CharSequence text) throws IOException {
    write(path, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The same for a file of other contents. */
  public static void write(Path path, byte[] contents) throws IOException {
    Path part = path.resolveSibling("." + path.getFileName() + ".part");
    Files.write(part, contents);
    Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
  }
}
