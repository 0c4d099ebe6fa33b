package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.job.RestorationInfo;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreAgainTest extends HeadlessTest {

  private static final String REPEAT = "run('Restore Again...', 'trust=true ";

  @TempDir private Path folder;

  @BeforeEach
  void restore() throws Exception {
    PriorFolders.write(folder, 8, "return torch.div(x, 160.0)");
    String error =
        errorOf(
            BadInput.CELLS
                + "cells('cells', '32-bit', 24, 24);"
                + "run('Posterior Deblur...', 'warm_start_steps=3 burn_in=1 device=cpu trust=true"
                + " prior=["
                + folder
                + "] noise=5 psf_sigma=1.5 intensity_low=0 intensity_high=200 samples=4 chains=2"
                + " seed=11');");
    assertNull(error);
  }

  private static float[] sample(String title, int slice) {
    ImagePlus image = ResultImages.find(title);
    assertNotNull(image, title);
    return (float[]) image.getStack().getPixels(slice);
  }

  /** The older result of a title is renamed. */
  private static void assertRepeated() {
    for (int slice = 1; slice <= 4; slice++) {
      assertArrayEquals(sample("cells-samples-1", slice), sample("cells-samples", slice));
    }
    assertArrayEquals(sample("cells-mean-1", 1), sample("cells-mean", 1));
    assertArrayEquals(sample("cells-variance-1", 1), sample("cells-variance", 1));
    assertEquals(
        ResultImages.find("cells-mean-1").getInfoProperty(),
        ResultImages.find("cells-mean").getInfoProperty());
  }

  @Test
  void anyResultIsEnough() {
    assertNull(errorOf(REPEAT + "image=cells-variance');"));
    assertRepeated();
  }

  @Test
  void aFileIsEnough() {
    String file = folder.resolve("kept mean.tif").toString();
    IJ.saveAsTiff(ResultImages.find("cells-mean"), file);
    ResultImages.find("kept mean.tif").setTitle("cells-mean");
    assertNull(errorOf(REPEAT + "file=[" + file + "]');"));
    assertRepeated();
  }

  @Test
  void aJobInATextFileIsEnough() throws Exception {
    Path file = folder.resolve("job.yaml");
    String info = ResultImages.find("cells-mean").getInfoProperty();
    Files.writeString(file, RestorationInfo.job(info).orElseThrow());
    assertNull(errorOf(REPEAT + "file=[" + file + "]');"));
    assertRepeated();
    Files.writeString(file, Files.readString(file).replace("seed: 11", "sead: 11"));
    String error = errorOf(REPEAT + "file=[" + file + "]');");
    assertTrue(error.contains("job.yaml: there is no key \"sead\""), error);
  }

  @Test
  void theMeasurementIsFoundByItsPixelsWhateverItIsCalled() {
    ResultImages.find("cells").setTitle("renamed");
    assertNull(errorOf(REPEAT + "image=cells-mean');"));
    assertArrayEquals(sample("cells-mean", 1), sample("renamed-mean", 1));
  }

  @Test
  void aMeasurementThatIsNotOpenIsNamed() {
    ResultImages.find("cells").close();
    String error = errorOf(REPEAT + "image=cells-mean');");
    assertTrue(
        error.contains("The image that was restored, \"cells\", is not open as it was then."),
        error);
  }

  @Test
  void theJobCanBeRunOnAnotherImage() {
    String error =
        errorOf(
            BadInput.CELLS
                + "cells('other', '32-bit', 24, 24);"
                + REPEAT
                + "image=cells-mean measurement=other');");
    assertNull(error);
    String info = ResultImages.find("other-mean").getInfoProperty();
    assertTrue(info.contains("title: other"), info);
  }

  /** Four samples of two chains: nobody may trust them. */
  @Test
  void theWarningsOfTheFirstRunAreSaidAgain() {
    String warning = "Whether the chains agree is not known";
    assertNull(errorOf(REPEAT + "image=cells-mean');"));
    ImagePlus mean = ResultImages.find("cells-mean");
    assertTrue(mean.getInfoProperty().contains("Warning: " + warning), mean.getInfoProperty());
    assertTrue(mean.getProp("Slice_Label").startsWith("Warning: " + warning));
    assertEquals(
        ResultImages.find("cells-mean-1").getProp("Slice_Label"), mean.getProp("Slice_Label"));
  }

  @Test
  void anImageWithoutAJobIsRefused() {
    String error = errorOf(REPEAT + "image=cells');");
    assertTrue(error.contains("\"cells\" tells of no restoration"), error);
    error = errorOf(REPEAT + "file=[" + folder.resolve("missing.tif") + "]');");
    assertTrue(error.contains("There is no file "), error);
  }
}
