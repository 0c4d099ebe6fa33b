package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.FloatProcessor;
import org.junit.jupiter.api.Test;

class PsfUnitTest {

  private static ImagePlus image(double width, double height, String unit) {
    ImagePlus image = new ImagePlus("cells", new FloatProcessor(4, 4));
    image.getCalibration().pixelWidth = width;
    image.getCalibration().pixelHeight = height;
    image.getCalibration().setUnit(unit);
    return image;
  }

  private static String refusal(ImagePlus image) {
    return assertThrows(IllegalArgumentException.class, () -> PsfUnit.CALIBRATED.pixels(0.5, image))
        .getMessage();
  }

  @Test
  void pixelsAreWhatTheyAreWhateverTheCalibration() {
    assertEquals(0.5, PsfUnit.PIXELS.pixels(0.5, image(0.25, 0.3, "um")));
  }

  @Test
  void aWidthInTheImagesUnitIsDividedByThePixelSize() {
    assertEquals(2, PsfUnit.CALIBRATED.pixels(0.5, image(0.25, 0.25, "um")));
    assertEquals(2, PsfUnit.CALIBRATED.pixels(500, image(250, 250, "nm")));
  }

  @Test
  void withoutAUnitOrSquarePixelsThereIsNoAnswer() {
    String unscaled = refusal(image(1, 1, "pixel"));
    assertTrue(unscaled.contains("\"cells\" has no calibrated unit"), unscaled);
    String oblong = refusal(image(0.25, 0.3, "um"));
    assertTrue(oblong.contains("are not square"), oblong);
    assertTrue(oblong.contains("psf_unit=pixels"), oblong);
  }

  @Test
  void unitsAreFoundByTheirLabels() {
    for (PsfUnit unit : PsfUnit.values()) {
      assertEquals(unit, PsfUnit.labelled(unit.label()));
    }
  }
}
