package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.macro.Interpreter;
import ij.measure.Calibration;
import io.github.posteriorj.image.Planes;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultImagesTest {

  private static final float[] PLANE = {1, 2, 3, 4, 5, 6};

  @TempDir private Path folder;

  private static Calibration calibration() {
    Calibration calibration = new Calibration();
    calibration.pixelWidth = 0.25;
    calibration.pixelHeight = 0.5;
    calibration.setUnit("um");
    calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] {10, 2}, "photons");
    return calibration;
  }

  private static ImagePlus create(String title) {
    return ResultImages.create(title, Planes.of(PLANE, 3, 2), calibration(), "Seed: 4\nfact: x\n");
  }

  @Test
  void pixelsAndSlicesKeepTheirOrder() {
    ImagePlus image =
        ResultImages.create(
            "stack",
            Planes.stack(List.of(PLANE, new float[] {7, 8, 9, 10, 11, 12}), 3, 2),
            null,
            "");
    assertEquals(32, image.getBitDepth());
    assertEquals(2, image.getStackSize());
    assertArrayEquals(PLANE, (float[]) image.getStack().getProcessor(1).getPixels());
    assertEquals(10, image.getStack().getProcessor(2).getf(0, 1));
  }

  @Test
  void theSourcesInfoStandsBelowAndItsLabelOnEachSlice() {
    ImagePlus source = create("cells.tif");
    source.setProperty("Info", "Objective: 63x/1.4\n");
    source.setProp("Slice_Label", "t = 3 s");
    ImagePlus stack =
        ResultImages.create("stack", Planes.stack(List.of(PLANE, PLANE), 3, 2), null, "Seed: 4\n");
    ResultImages.withNotes(stack, source);
    assertEquals(
        "Seed: 4\n\nInfo of \"cells.tif\", which this was made from:\n\nObjective: 63x/1.4\n",
        stack.getInfoProperty());
    assertEquals("t = 3 s", stack.getStack().getSliceLabel(1));
    assertEquals("t = 3 s", stack.getStack().getSliceLabel(2));
  }

  @Test
  void aSourceWithoutNotesAddsNothing() {
    ImagePlus image =
        ResultImages.withNotes(create("x"), new ImagePlus("bare", create("y").getProcessor()));
    assertEquals("Seed: 4\nfact: x\n", image.getInfoProperty());
    assertNull(image.getProp("Slice_Label"));
    assertNull(ResultImages.withOverlay(image, new ImagePlus()).getOverlay());
  }

  @Test
  void anOverlayIsScaledToTheResultsPixels() {
    ImagePlus source = create("cells.tif");
    source.setOverlay(new Overlay(new Roi(1, 0, 2, 1)));
    ImagePlus finer = ResultImages.create("x", Planes.of(new float[24], 6, 4), calibration(), "");
    Roi scaled = ResultImages.withOverlay(finer, source).getOverlay().get(0);
    assertEquals(new Rectangle(2, 0, 4, 2), scaled.getBounds());
    assertEquals(new Rectangle(1, 0, 2, 1), source.getOverlay().get(0).getBounds());
  }

  @Test
  void thePixelSizeIsKeptAndTheTableOfIntensitiesIsNot() {
    Calibration given = calibration();
    ImagePlus image = ResultImages.create("x", Planes.of(PLANE, 3, 2), given, "");
    assertEquals(0.25, image.getCalibration().pixelWidth);
    assertEquals(0.5, image.getCalibration().pixelHeight);
    assertEquals("\u00b5m", image.getCalibration().getUnit());
    assertFalse(image.getCalibration().calibrated());
    image.getCalibration().pixelWidth = 7;
    assertEquals(0.25, given.pixelWidth);
    assertEquals(true, given.calibrated());
  }

  @Test
  void moreOrFewerPixelsOfOneFieldHaveAnotherSize() {
    ImagePlus coarse = create("coarse");
    coarse.getCalibration().xOrigin = 2;
    Calibration fine = ResultImages.sameField(coarse, Planes.of(new float[48], 12, 4));
    assertEquals(0.25 / 4, fine.pixelWidth);
    assertEquals(0.5 / 2, fine.pixelHeight);
    assertEquals(8, fine.xOrigin);
    assertEquals("\u00b5m", fine.getUnit());
    assertEquals(0.25, coarse.getCalibration().pixelWidth);
  }

  @Test
  void aSavedImageTellsTheSame() {
    ImagePlus image = ResultImages.withDisplay(create("x"), LookUpTables.inferno(), -2, 8);
    String file = folder.resolve("x.tif").toString();
    new FileSaver(image).saveAsTiff(file);
    ImagePlus again = IJ.openImage(file);
    assertEquals("Seed: 4\nfact: x\n", again.getInfoProperty());
    assertArrayEquals(PLANE, (float[]) again.getProcessor().getPixels());
    assertEquals(0.25, again.getCalibration().pixelWidth, 1e-9);
    assertEquals(-2, again.getDisplayRangeMin());
    assertEquals(8, again.getDisplayRangeMax());
    assertEquals(LookUpTables.inferno().getRGB(200), again.getProcessor().getLut().getRGB(200));
  }

  @BeforeEach
  void startWithoutImages() {
    Interpreter.batchMode = true;
    closeImages();
    Interpreter.batchMode = true;
  }

  @AfterEach
  void closeImages() {
    int[] ids = WindowManager.getIDList();
    if (ids != null) {
      for (int id : ids) {
        Interpreter.removeBatchModeImage(WindowManager.getImage(id));
      }
    }
    WindowManager.setTempCurrentImage(null);
    Interpreter.batchMode = false;
  }

  @Test
  void aTitleNamesTheNewestImageAndOlderOnesAreNumbered() {
    ImagePlus first = create("x-mean");
    ImagePlus second = create("x-mean");
    ImagePlus third = create("x-mean");
    ResultImages.show(first);
    assertSame(first, ResultImages.find("x-mean"));
    ResultImages.show(second);
    assertSame(second, ResultImages.find("x-mean"));
    assertEquals("x-mean-1", first.getTitle());
    ResultImages.show(third);
    assertSame(third, ResultImages.find("x-mean"));
    assertEquals("x-mean-2", second.getTitle());
    assertSame(first, ResultImages.find("x-mean-1"));
    assertNull(ResultImages.find("x-variance"));
  }
}
