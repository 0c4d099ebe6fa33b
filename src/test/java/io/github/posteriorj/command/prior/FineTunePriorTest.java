package io.github.posteriorj.command.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.io.FileSaver;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.library.CardDocument;
import io.github.posteriorj.library.PriorFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.event.TaskEvent;

/** Fine-Tune Prior in macros: what it makes, what it refuses, what it leaves when cancelled. */
class FineTunePriorTest extends OwnPriorsTest {

  private static final String DOTS =
      """
      function dots(title, type, width, height, slices) {
        newImage(title, type + " black", width, height, slices);
        random("seed", 7);
        for (slice = 1; slice <= slices; slice++) {
          setSlice(slice);
          for (i = 0; i < width * height / 5; i++)
            setPixel(floor(random() * width), floor(random() * height), 100 + 100 * random());
        }
      }
      """;

  private static final String STACK = "dots('stack', '8-bit', 40, 40, 6); ";

  private Path parent;

  @BeforeEach
  void writeParent() throws IOException {
    parent =
        PriorFolders.writeTrainable(
            directory.resolve("parent"),
            8,
            "gap = torch.reshape(torch.sub(sigma, 0.002), [-1, 1, 1, 1])",
            "skip = torch.reciprocal(torch.add(torch.mul(torch.square(gap), 4.0), 1.0))",
            "rest = torch.add(torch.neg(skip), 1.0)",
            "return torch.add(torch.mul(skip, x), torch.mul(rest, self.level))");
  }

  /** The network must be out of its last pass before its folder goes away. */
  @AfterEach
  void awaitTheLastPass() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("Fine-Tune Prior")) {
        thread.join(TimeUnit.SECONDS.toMillis(60));
      }
    }
  }

  private String errorOfTuning(String prelude, String options) {
    return errorOf(
        DOTS
            + prelude
            + "run('Fine-Tune Prior...', 'trust=true prior=["
            + parent
            + "] device=cpu batch=8 "
            + (options.contains("patch_size") ? "" : "patch_size=8 ")
            + (options.contains("learning_rate") ? "" : "learning_rate=0.02 ")
            + options
            + "');");
  }

  private void assertRefused(String message, String prelude, String options) {
    String error = errorOfTuning(prelude, options);
    assertNotNull(error);
    assertTrue(error.contains(message), error);
    assertEquals(List.of(), ownPriors());
  }

  @Test
  void aStackMakesAPriorAndALossCurve() throws IOException {
    assertNull(errorOfTuning(STACK, "name=dotted steps=60 validate_every=20"));
    assertEquals("dotted-loss", WindowManager.getTempCurrentImage().getTitle());
    Path made = Installation.priors().find("dotted");
    assertEquals(
        Optional.of("the image \"stack\""),
        CardDocument.read(made).at("config", "posteriorj", "fine_tuning", "data"));
    assertNull(
        errorOf("run('Sample Prior...', 'prior=dotted samples=1 width=16 height=16 device=cpu');"));
    // Its own network needs no consent.
    assertNull(errorOf("run('Import Prior...', 'path=[" + made + "] name=copy device=cpu');"));
    assertEquals(List.of("copy", "dotted"), ownPriors());
  }

  @Test
  void aFolderOfImagesIsRead() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("images"));
    Files.writeString(folder.resolve("notes.txt"), "no image");
    ImageProcessor dots = new ShortProcessor(32, 32);
    for (int i = 0; i < 1024; i++) {
      dots.set(i, i % 5 == 0 || i % 7 == 0 ? 300 : 100);
    }
    FileSaver saver = new FileSaver(new ImagePlus("dots", dots));
    saver.saveAsTiff(folder.resolve("a.tif").toString());
    saver.saveAsPng(folder.resolve("b.png").toString());
    saver.saveAsTiff(folder.resolve("c.tiff").toString());
    assertNull(errorOfTuning("", "folder=[" + folder + "] name=dotted steps=40 validate_every=20"));
    CardDocument card = CardDocument.read(Installation.priors().find("dotted"));
    assertEquals(Optional.of(2), card.at("config", "posteriorj", "fine_tuning", "training_images"));
    assertEquals(
        Optional.of("the images of the folder \"images\""),
        card.at("config", "posteriorj", "fine_tuning", "data"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          There are no images to learn from    |                                     | steps=9
          is too small: 6 x 40 pixels          | dots('a', '8-bit', 6, 40, 1);       | steps=9
          alone is too small                   | dots('a', '8-bit', 12, 12, 1);      | steps=9
          room for 2.0 patches                 | dots('a', '8-bit', 16, 8, 2);       | steps=9
          pixel(s) that are NaN                | dots('a', '32-bit', 40, 40, 1); setPixel(3, 3, NaN); | steps=9
          is constant: every pixel             | newImage('a', '8-bit black', 40, 40, 1); | steps=9
          has 3 channel(s)                     | newImage('a', 'RGB ramp', 40, 40, 1); | steps=9
          has 2 channel(s)                     | newImage('a', '8-bit ramp', 40, 40, 2); Stack.setDimensions(2, 1, 1); | steps=9
          steps must be at least 1; it is 0.   | dots('a', '8-bit', 40, 40, 1);      | steps=0
          learning rate must be                | dots('a', '8-bit', 40, 40, 1);      | learning_rate=5
          patch size must be a multiple of 8   | dots('a', '8-bit', 40, 40, 1);      | patch_size=12
          is no name for a prior               | dots('a', '8-bit', 40, 40, 1);      | name=[a/b]
          There is no folder                   |                                     | folder=/nowhere/at/all
          """)
  void badInputIsNamed(String message, String prelude, String options) {
    assertRefused(message, prelude == null ? "" : prelude, options);
  }

  @Test
  void badFoldersAreNamed() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("images"));
    assertRefused("no TIFF or PNG files", "", "folder=[" + folder + "]");
    Files.writeString(folder.resolve("a.tif"), "no image");
    assertRefused("ImageJ cannot read " + folder.resolve("a.tif"), "", "folder=[" + folder + "]");
  }

  @Test
  void aFrozenNetworkIsRefused() throws IOException {
    PriorFolders.write(parent, 8, "return torch.mul(x, 1.0)");
    assertRefused("has no parameters to train", STACK, "steps=9");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedBeforeTheTraining() throws IOException {
    Files.writeString(directory.resolve("home"), "a file in the way");
    assertRefused("could not be written to", STACK, "steps=1000000");
  }

  @Test
  void trainingThatDoesNotHelpLeavesTheParentAlone() throws IOException {
    PriorFolders.writeTrainable(parent, 8, "return torch.add(x, torch.mul(self.level, 0.0))");
    assertRefused("No step of the training made the prior better", STACK, "steps=3");
  }

  /** Cancels the command at its first progress. */
  static final class Impatience {

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final double after;

    Impatience(double after) {
      this.after = after;
    }

    @EventHandler
    void onEvent(TaskEvent event) {
      if (event.getTask().getProgressValue() > after && cancelled.getCount() > 0) {
        cancelled.countDown();
        event.getTask().cancel("The user has had enough.");
      }
    }
  }

  private void cancelled(double after, String options) {
    EventService events = context().service(EventService.class);
    Impatience impatience = new Impatience(after);
    var subscribers = events.subscribe(impatience);
    try {
      errorOfTuning(STACK, options);
    } finally {
      events.unsubscribe(subscribers);
    }
    assertEquals(0, impatience.cancelled.getCount());
  }

  @Test
  @Timeout(60)
  void cancellingAtOnceLeavesNothing() {
    cancelled(0, "name=dotted steps=1000000 validate_every=1000000");
    assertEquals(List.of(), ownPriors());
  }

  @Test
  @Timeout(60)
  void cancellingLaterKeepsTheBestSoFar() {
    cancelled(60, "name=dotted steps=1000000 validate_every=20");
    assertEquals(List.of("dotted"), ownPriors());
  }
}
