package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.process.LUT;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Samples in a hyperstack, whose image is closed. */
class EnsembleImageTest {

  private static final int SLICES = 3;
  private static final int SAMPLES = 5;
  private static final int PIXELS = 12;

  /** Each plane has its own value: its number in the stack. */
  private static ImagePlus samples(int channels) {
    ImagePlus image =
        IJ.createHyperStack("cells-samples", 4, 3, channels, SLICES, SAMPLES, Float.SIZE);
    for (int index = 1; index <= image.getStackSize(); index++) {
      image.getStack().getProcessor(index).set(index);
    }
    image.setProperty("Info", "Samples: 5\nChains: 2\n");
    image.setPosition(channels, 3, 4);
    image.setDisplayRange(-7, 70);
    return image;
  }

  private static EnsembleImage closed(ImagePlus image) {
    EnsembleImage ensemble = EnsembleImage.of(image, "automatic");
    image.changes = false;
    image.flush();
    return ensemble;
  }

  private static void assertWhole(EnsembleImage ensemble, int channels) {
    assertEquals(SAMPLES, ensemble.count());
    assertEquals(2, ensemble.chains());
    assertEquals(channels * SLICES, ensemble.planes().size());
    ImagePlus open = samples(channels);
    for (Plane plane : ensemble.planes()) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[] expected = new float[PIXELS];
        Arrays.fill(expected, open.getStackIndex(plane.channel(), plane.other(), sample + 1));
        assertArrayEquals(expected, ensemble.pixels(plane, sample));
      }
    }
  }

  private static void assertShown(ImagePlus expected, EnsembleImage ensemble) {
    assertEquals(new Plane(expected.getC(), 3), ensemble.shown());
    ImagePlus image = ensemble.image();
    assertEquals(expected.getCurrentSlice(), image.getCurrentSlice());
    assertEquals(expected.getCurrentSlice(), image.getProcessor().getf(0));
    assertEquals(-7, image.getDisplayRangeMin());
    assertEquals(70, image.getDisplayRangeMax());
    LUT colours = expected.getProcessor().getLut();
    assertArrayEquals(colours.getBytes(), image.getProcessor().getLut().getBytes());
  }

  @Test
  void samplesOfChannelsAreStillThere() {
    EnsembleImage ensemble = closed(samples(2));
    assertWhole(ensemble, 2);
    assertShown(samples(2), ensemble);
  }

  @Test
  void samplesOfOneChannelAreStillThereInTheirColours() {
    ImagePlus image = samples(1);
    image.setLut(LookUpTables.inferno());
    image.setDisplayRange(-7, 70);
    EnsembleImage ensemble = closed(image);
    assertWhole(ensemble, 1);
    ImagePlus open = samples(1);
    open.setLut(LookUpTables.inferno());
    assertShown(open, ensemble);
  }
}
