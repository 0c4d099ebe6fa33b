package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.posteriorj.library.PriorInstaller.Content;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prior's folder is there whole or not at all. */
class PriorInstallerTest {

  @TempDir private Path directory;
  private Path models;
  private Path bundled;
  private PriorInstaller installer;

  @BeforeEach
  void makeFolders() {
    models = directory.resolve("home/models");
    bundled = directory.resolve("bundled");
    installer = new PriorInstaller(models, List.of(bundled));
  }

  private static Content file(String name, String text) {
    return folder -> Files.writeString(folder.resolve(name), text);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFolderIsMadeAndNothingElse() throws IOException {
    Path folder = installer.install("beads", false, file("a", "1"));
    assertEquals(models.resolve("beads"), folder);
    assertEquals(List.of("beads"), names(models));
    assertEquals("1", Files.readString(folder.resolve("a")));
  }

  @Test
  void aNameThatIsTakenIsRefusedUnlessReplacingIsAskedFor() throws IOException {
    installer.install("beads", false, file("old", "1"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> installer.install("beads", false, file("new", "2")))
            .getMessage();
    assertTrue(message.contains("replace=true"), message);
    assertEquals(List.of("old"), names(models.resolve("beads")));
    installer.install("beads", true, file("new", "2"));
    assertEquals(List.of("new"), names(models.resolve("beads")));
    assertEquals(List.of("beads"), names(models));
  }

  @Test
  void aNameOfTheInstallationIsRefusedEvenWithReplacing() throws IOException {
    Files.createDirectories(bundled.resolve("beads"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> installer.install("beads", true, file("a", "1")))
            .getMessage();
    assertTrue(message.contains("which would hide the new one"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".hidden", "..", "a/b", "a\\b", "a:b", " a", "a\n", "*"})
  void whatIsNoNameOfAFolderIsRefused(String name) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> installer.install(name, true, file("a", "1")))
            .getMessage();
    assertTrue(message.contains("is no name for a prior"), message);
    assertFalse(Files.exists(models));
  }

  @Test
  void aFailureLeavesTheOldPriorAndNothingElse() throws IOException {
    installer.install("beads", false, file("old", "1"));
    IOException failure = new IOException("the network is no network");
    Content failing =
        folder -> {
          Files.writeString(Files.createDirectories(folder.resolve("sub")).resolve("a"), "half");
          throw failure;
        };
    assertSame(
        failure, assertThrows(IOException.class, () -> installer.install("beads", true, failing)));
    assertEquals(List.of("beads"), names(models));
    assertEquals(List.of("old"), names(models.resolve("beads")));
  }

  @Test
  void aFullDiskIsNamedAndLeftAsItWas() throws IOException {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 16).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path folder = disk.getPath("/home/models");
      PriorInstaller full = new PriorInstaller(folder, List.of());
      Content large = target -> Files.write(target.resolve("network.pt"), new byte[1 << 17]);
      String message =
          assertThrows(IOException.class, () -> full.install("beads", false, large)).getMessage();
      assertTrue(message.contains("could not be written to /home/models"), message);
      assertTrue(message.contains("the disk has room"), message);
      assertEquals(List.of(), names(folder));
      String early = assertThrows(IOException.class, () -> full.checkRoom(1 << 17)).getMessage();
      assertTrue(early.contains("too little room on the disk of /home/models"), early);
      assertEquals(List.of(), names(folder));
      full.checkRoom(1 << 10);
    }
  }

  @Test
  void aFailureToCopyIntoTheFolderIsOneToWrite() {
    Content copying =
        folder -> {
          throw new FileSystemException(
              "/source", folder.resolve("a").toString(), "Disk I/O error");
        };
    String message =
        assertThrows(IOException.class, () -> installer.install("beads", false, copying))
            .getMessage();
    assertTrue(message.contains("could not be written to " + models + ": Disk I/O error"), message);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.createDirectories(directory.resolve("home"));
    Files.writeString(models, "a file in the way");
    String message =
        assertThrows(IOException.class, () -> installer.install("beads", false, file("a", "1")))
            .getMessage();
    assertTrue(message.contains("could not be written to " + models), message);
  }
}
