package io.github.posteriorj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages that users unzip hold all that the example needs. */
class PackagesIT {

  /** Those that are no programs. */
  private static final List<String> FOLDERS =
      List.of("plugins/PosteriorJ/", "macros/", "models/", "test-images/", "benchmarks/");

  @TempDir private Path folder;

  private static Path zip(String kind) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> zips =
          files.filter(file -> file.toString().endsWith("-" + kind + ".zip")).toList();
      assumeTrue(!zips.isEmpty(), "the packages are not built");
      return zips.get(0);
    }
  }

  private void unzip(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().filter(any -> !any.isDirectory()).toList()) {
        if (FOLDERS.stream().anyMatch(entry.getName()::startsWith)) {
          Path target = folder.resolve(entry.getName());
          Files.createDirectories(target.getParent());
          Files.copy(file.getInputStream(entry), target);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fiji", "imagej"})
  void theExamplesImageIsInside(String kind) throws IOException {
    unzip(zip(kind));
    assertTrue(Files.isRegularFile(folder.resolve("test-images/cells.tif")));
    assertTrue(Files.isRegularFile(folder.resolve("macros/PosteriorJ/Deblur_Example.ijm")));
  }

  /** A benchmark names its images by their place beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"fiji", "imagej"})
  void theBenchmarksAndTheirImagesAreInside(String kind) throws IOException {
    unzip(zip(kind));
    for (String needed : List.of("benchmarks", "test-images/held-out", "test-images/tuning")) {
      try (Stream<Path> files = Files.walk(Path.of(needed))) {
        files.forEach(file -> assertTrue(Files.exists(folder.resolve(file)), file::toString));
      }
    }
  }

  @Test
  void theExampleOpensItsImageInAFreshInstallation() throws Exception {
    unzip(zip("imagej"));
    Files.writeString(
        folder.resolve("first-lines.ijm"),
        Files.readString(folder.resolve("macros/PosteriorJ/Deblur_Example.ijm"))
            .replaceAll("(?s)run\\(\"Posterior Deblur.*", "print(getTitle(), getWidth());"));
    Result result =
        ChildJvm.run(
            folder,
            Map.of(),
            PosteriorJ.class.getName(),
            "--headless",
            "-macro",
            "first-lines.ijm");
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.output().contains("cells.tif-measurement 64"), result::toString);
  }
}
