package io.github.posteriorj.command.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.PosteriorJ;
import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import io.github.posteriorj.library.PriorCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three commands around priors in one macro of an ImageJ of its own, with the bundled prior.
 */
class PriorCommandsIT {

  @TempDir private Path home;

  @BeforeEach
  void installPrior() throws IOException {
    Path models = Files.createDirectories(home.resolve("models/microscopy-64"));
    Files.createDirectories(home.resolve("plugins"));
    try (Stream<Path> files = Files.list(Path.of("models/microscopy-64"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, models.resolve(file.getFileName()));
      }
    }
  }

  private Result run(String macro) throws IOException, InterruptedException {
    Files.writeString(home.resolve("test.ijm"), macro);
    return ChildJvm.run(
        home,
        Map.of("JAVA_TOOL_OPTIONS", "-Dposteriorj.home=" + home.resolve("user")),
        PosteriorJ.class.getName(),
        "--headless",
        "-macro",
        "test.ijm");
  }

  @Test
  void aPriorIsTunedDescribedUsedAndImportedElsewhere() throws Exception {
    Result result =
        run(
            """
            newImage("stripes", "16-bit black", 80, 32, 1);
            for (y = 0; y < 32; y++)
              for (x = 0; x < 80; x++)
                setPixel(x, y, 100 + 900 * (x % 6 < 2));
            run("Fine-Tune Prior...",
                "image=stripes name=[my stripes] steps=4 batch=4 patch_size=16 validate_every=2"
                + " learning_rate=0.0003 device=cpu");
            print(getTitle());
            run("Prior Info...", "prior=[my stripes] samples=2 device=cpu");
            print(getTitle(), getWidth(), nSlices);
            run("Import Prior...", "path=[user/models/my stripes] name=copy device=cpu");
            run("Sample Prior...", "prior=copy samples=1 width=32 height=24 device=cpu");
            print(getTitle(), getWidth(), getHeight(), nSlices);
            """);
    assertEquals(0, result.status(), result::toString);
    for (String line :
        new String[] {
          "my stripes-loss",
          "my stripes-samples 64 2",
          "copy-samples 32 24 1",
          "my stripes",
          "Folder: " + home.resolve("user/models/my stripes"),
          "Hash of the file: is that of the card",
          "  parent_sha256: " + PriorCard.read(Path.of("models/microscopy-64")).network().sha256(),
        }) {
      assertTrue(result.output().lines().anyMatch(line::equals), () -> line + "\n" + result);
    }
    int before = -1;
    for (String part :
        new String[] {
          "Installed priors:\n  microscopy-64: A consistency model of gray fluorescence",
          "\n  my stripes: ",
          "\nWhat it is good for: ",
          "\nLicence: ",
          "\nFolder: "
        }) {
      int place = result.output().indexOf(part);
      assertTrue(place > before, () -> part + "\n" + result);
      before = place;
    }
  }

  @Test
  void refusalsEndTheProcessWithTheirMessage() throws Exception {
    Result result =
        run("run('Import Prior...', 'path=[models/none.pt] device=cpu'); print('after');");
    assertEquals(1, result.status(), result::toString);
    assertTrue(result.errors().contains("There is no such file or folder"), result::toString);
    assertEquals("", result.output());
  }
}
