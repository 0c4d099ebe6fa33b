package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Telling networks, folders and zip files apart, and unpacking nothing beside the folder. */
class PriorSourceTest {

  @TempDir private Path directory;

  /** Writes a zip file whose entries hold their own names. */
  private Path zip(String... entries) throws IOException {
    Path file = directory.resolve("prior.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  private String refusal(Path path) {
    String message = assertThrows(IOException.class, () -> PriorSource.of(path)).getMessage();
    assertTrue(message.contains(path.toString()), message);
    return message;
  }

  @Test
  void aTorchScriptFileIsANetwork() throws IOException {
    Path file = TorchScriptFiles.write(directory.resolve("my.net.pt"), "return x");
    PriorSource source = PriorSource.of(file);
    assertEquals(new PriorSource.Network(file), source);
    assertEquals("my.net", source.name());
  }

  @Test
  void aFolderAndTheCardInItAreAPrior() throws IOException {
    Path folder = PriorFolders.write(directory.resolve("beads"), 8, "return x");
    assertEquals("beads", PriorSource.of(folder).name());
    assertEquals("beads", PriorSource.of(folder.resolve("rdf.yaml")).name());
    assertInstanceOf(PriorSource.Folder.class, PriorSource.of(folder.resolve("rdf.yaml")));
  }

  @Test
  void aFolderIsCopiedWithoutItsLinks() throws IOException {
    Path folder = PriorFolders.write(directory.resolve("beads"), 8, "return x");
    Files.createDirectories(folder.resolve("pictures"));
    Files.writeString(folder.resolve("pictures/a.png"), "a");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("rdf.yaml"));
    Path copy = Files.createDirectories(directory.resolve("copy"));
    new PriorSource.Folder(folder).copyTo(copy);
    assertEquals("a", Files.readString(copy.resolve("pictures/a.png")));
    assertEquals(
        Files.readString(folder.resolve("rdf.yaml")), Files.readString(copy.resolve("rdf.yaml")));
    assertFalse(Files.exists(copy.resolve("link")));
  }

  @ParameterizedTest
  @CsvSource({"'', prior", "beads/, beads", "a/beads/, beads"})
  void aZipFileIsUnpackedFromWhereItsCardLies(String top, String name) throws IOException {
    Path file = zip(top + "rdf.yaml", top + "network.pt", top + "pictures/a.png", "__MACOSX/x");
    PriorSource.Archive archive = assertInstanceOf(PriorSource.Archive.class, PriorSource.of(file));
    assertEquals(name, archive.name());
    Path target = Files.createDirectories(directory.resolve("target"));
    archive.unpackTo(target);
    assertEquals(top + "rdf.yaml", Files.readString(target.resolve("rdf.yaml")));
    assertEquals(top + "pictures/a.png", Files.readString(target.resolve("pictures/a.png")));
    assertEquals(top.isEmpty(), Files.exists(target.resolve("__MACOSX/x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "beads/../../evil",
        "beads/pictures/../../../evil",
        "/evil",
        "..\\evil",
        "beads\\..\\..\\evil",
        "C:\\evil"
      })
  void anEntryThatLeavesTheFolderIsRefused(String entry) throws IOException {
    Path file = zip("beads/rdf.yaml", entry);
    PriorSource.Archive archive = assertInstanceOf(PriorSource.Archive.class, PriorSource.of(file));
    Path target = Files.createDirectories(directory.resolve("a/target"));
    String message = assertThrows(IOException.class, () -> archive.unpackTo(target)).getMessage();
    assertTrue(message.contains("\"" + entry + "\" would be written outside"), message);
    assertFalse(Files.exists(directory.resolve("evil")));
    assertFalse(Files.exists(directory.resolve("a/evil")));
  }

  @Test
  void whatIsNoPriorIsSaidToBeNone() throws IOException {
    assertTrue(refusal(directory).contains("it has no card rdf.yaml"));
    assertTrue(refusal(zip("a.txt")).contains("holds no prior"));
    assertTrue(refusal(zip("a/rdf.yaml", "b/rdf.yaml")).contains("holds 2 priors"));
    assertTrue(refusal(zip("archive/data.pkl", "archive/data/0")).contains("state_dict"));
    Path text = Files.writeString(directory.resolve("a.pt"), "no network");
    assertTrue(refusal(text).contains("neither a TorchScript network nor a zip file"));
    String nowhere =
        assertThrows(IOException.class, () -> PriorSource.of(directory.resolve("nowhere")))
            .getMessage();
    assertTrue(nowhere.contains("There is no such file or folder"), nowhere);
  }
}
