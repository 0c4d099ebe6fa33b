package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The work restricted to a selection. */
class SelectionTest extends HeadlessTest {

  @TempDir private static Path prior;

  @BeforeAll
  static void writePrior() throws Exception {
    PriorFolders.write(prior, 8, "return torch.div(x, 160.0)");
  }

  private static String run(String selection, String command, String options) {
    return errorOf(
        BadInput.CELLS
            + "cells('cells', '32-bit', 64, 64); setVoxelSize(0.5, 0.5, 1, 'um');"
            + selection
            + ("run('Posterior %s...', 'image=cells selection=true noise=5 warm_start_steps=2"
                    + " burn_in=1 device=cpu trust=true prior=[%s] intensity_low=0"
                    + " intensity_high=200 samples=2 chains=1 %s');")
                .formatted(command, prior, options));
  }

  private static ImagePlus mean() {
    return ResultImages.find("cells-mean");
  }

  /** Three sigma of the blur, and 8 pixels of the prior, on each side. */
  @Test
  void itIsTheMiddleOfThePartWithItsContext() {
    assertNull(run("makeRectangle(20, 24, 10, 12);", "Deblur", "psf_sigma=1"));
    ImagePlus selected = mean();
    assertEquals(10, selected.getWidth());
    assertEquals(12, selected.getHeight());
    assertEquals(0.5, selected.getCalibration().pixelWidth);
    assertTrue(selected.getInfoProperty().contains("context: 11"), selected.getInfoProperty());
    selected.setTitle("selected");
    ImagePlus cells = ResultImages.find("cells");
    cells.setRoi(9, 13, 32, 34);
    ImagePlus window = cells.crop();
    cells.setTitle("before");
    window.setTitle("cells");
    window.show();
    assertNull(
        errorOf(
            "run('Posterior Deblur...', 'image=cells psf_sigma=1 noise=5 warm_start_steps=2"
                + " burn_in=1 device=cpu trust=true prior=["
                + prior
                + "] intensity_low=0 intensity_high=200 samples=2 chains=1');"));
    for (int row = 0; row < 12; row++) {
      float[] expected = new float[10];
      float[] found = new float[10];
      for (int column = 0; column < 10; column++) {
        expected[column] = mean().getProcessor().getf(11 + column, 11 + row);
        found[column] = selected.getProcessor().getf(column, row);
      }
      assertArrayEquals(expected, found);
    }
  }

  @Test
  void outsideOfAnOvalNothingIsShown() {
    assertNull(run("makeOval(10, 10, 20, 20);", "Deblur", "psf_sigma=1"));
    assertTrue(Float.isNaN(mean().getProcessor().getf(0, 0)));
    assertTrue(Float.isFinite(mean().getProcessor().getf(10, 10)));
  }

  @Test
  void largerImagesShowTheSamePart() {
    assertNull(run("makeRectangle(20, 24, 10, 12);", "Super-Resolution", "factor=2"));
    assertEquals(20, mean().getWidth());
    assertEquals(24, mean().getHeight());
    assertEquals(0.25, mean().getCalibration().pixelWidth);
  }

  @Test
  void aRepeatedOneIsTheSame() {
    assertNull(run("makeRectangle(20, 24, 10, 12);", "Deblur", "psf_sigma=1"));
    float[] before = (float[]) mean().getProcessor().getPixels();
    assertNull(errorOf("run('Restore Again...', 'image=cells-mean trust=true');"));
    assertArrayEquals(before, (float[]) mean().getProcessor().getPixels());
  }

  @Test
  void withoutASelectionItSaysSo() {
    String error = run("", "Deblur", "psf_sigma=1");
    assertTrue(error.startsWith("\"cells\" has no area selection."), error);
  }
}
