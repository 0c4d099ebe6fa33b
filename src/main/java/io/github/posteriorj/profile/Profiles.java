package io.github.posteriorj.profile;

import io.github.posteriorj.text.RecordYaml;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Named settings, each in a YAML file of its name: those that come with the program, then the
 * user's own.
 *
 * @param <T> the settings
 */
public final class Profiles<T extends Record> {

  private static final String ENDING = ".yaml";

  private final Class<T> type;
  private final RecordYaml form;
  private final String kind;
  private final String resources;
  private final List<String> bundled;
  private final Path folder;

  /**
   * Settings of a type.
   *
   * @param form of their files
   * @param kind what they are called in macros and messages, such as "camera"
   * @param resources the folder of those that come with the program, beside this class
   * @param bundled the names of these
   * @param folder the user's own, which need not exist
   */
  Profiles(
      Class<T> type,
      RecordYaml form,
      String kind,
      String resources,
      List<String> bundled,
      Path folder) {
    this.type = type;
    this.form = form;
    this.kind = kind;
    this.resources = resources;
    this.bundled = List.copyOf(bundled);
    this.folder = folder;
  }

  /** The names of all, the user's own last and sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>(bundled);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(ENDING) && !file.startsWith("."))
            .map(file -> file.substring(0, file.length() - ENDING.length()))
            .filter(name -> !bundled.contains(name))
            .sorted()
            .forEach(names::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(names);
  }

  /**
   * Reads settings.
   *
   * @throws IllegalArgumentException if there are none of this name; the message lists the names
   * @throws IOException if their file cannot be used; the message says where and why
   */
  public T find(String name) throws IOException {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "%s has no choice \"%s\". Its choices are: %s. Own ones lie in %s."
              .formatted(
                  kind,
                  name,
                  names().stream().map(any -> '"' + any + '"').collect(Collectors.joining(", ")),
                  folder));
    }
    if (bundled.contains(name)) {
      return form.read(type, resource(name), name + ENDING);
    }
    Path file = file(name);
    return form.read(type, Files.readString(file), file.toString());
  }

  /**
   * Saves settings among the user's own; older ones of that name are replaced.
   *
   * @throws IllegalArgumentException if they cannot have this name; the message says why
   * @throws IOException if they cannot be written
   */
  public void save(String name, T settings) throws IOException {
    checkName(name);
    Files.createDirectories(folder);
    // A file has its name when it is whole.
    Path part = Files.createTempFile(folder, ".", ".part");
    try {
      Files.writeString(part, form.write(settings));
      Files.move(part, file(name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void checkName(String name) {
    if (bundled.contains(name)) {
      throw new IllegalArgumentException(
          "The %s \"%s\" comes with the program. Choose another name.".formatted(kind, name));
    }
    if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()+-]*")) {
      throw new IllegalArgumentException(
          "\"%s\" is no name for a %s. Use letters, digits, spaces and . _ - + ( )."
              .formatted(name, kind));
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ENDING);
  }

  private String resource(String name) throws IOException {
    String path = resources + "/" + name + ENDING;
    try (InputStream in = Profiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException(
            path + " is missing from PosteriorJ's jar file. Install PosteriorJ again.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
