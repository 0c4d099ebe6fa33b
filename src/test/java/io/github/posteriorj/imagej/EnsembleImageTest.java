package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in a hyperstack, whose image is closed. */
class EnsembleImageTest {

  private static final int SLICES = 3;
  private static final int SAMPLES = 5;
  private static final int WIDTH = 4;
  private static final int HEIGHT = 3;

  /** A stack that makes each plane when it is asked for. */
  private static final class Numbered extends VirtualStack {

    Numbered(int planes) {
      super(WIDTH, HEIGHT, planes);
    }

    @Override
    public ImageProcessor getProcessor(int index) {
      return new FloatProcessor(WIDTH, HEIGHT, numbered(index));
    }

    @Override
    public int getBitDepth() {
      return Float.SIZE;
    }
  }

  /** Each plane has its own value: its number in the stack. */
  private static float[] numbered(int index) {
    float[] pixels = new float[WIDTH * HEIGHT];
    Arrays.fill(pixels, index);
    return pixels;
  }

  private static ImagePlus samples(int channels) {
    ImagePlus image =
        IJ.createHyperStack("cells-samples", WIDTH, HEIGHT, channels, SLICES, SAMPLES, Float.SIZE);
    for (int index = 1; index <= image.getStackSize(); index++) {
      image.getStack().getProcessor(index).set(index);
    }
    return shown(image);
  }

  private static ImagePlus virtualSamples() {
    ImagePlus image = new ImagePlus("cells-samples", new Numbered(SLICES * SAMPLES));
    image.setDimensions(1, SLICES, SAMPLES);
    image.setOpenAsHyperStack(true);
    return shown(image);
  }

  private static ImagePlus shown(ImagePlus image) {
    image.setProperty("Info", "Samples: 5\nChains: 2\n");
    image.setPosition(image.getNChannels(), 3, 4);
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
        int index = open.getStackIndex(plane.channel(), plane.other(), sample + 1);
        assertArrayEquals(numbered(index), ensemble.pixels(plane, sample));
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void samplesOfOneChannelAreStillThereInTheirColours(boolean isVirtual) {
    ImagePlus image = isVirtual ? virtualSamples() : samples(1);
    image.setLut(LookUpTables.inferno());
    image.setDisplayRange(-7, 70);
    EnsembleImage ensemble = closed(image);
    assertWhole(ensemble, 1);
    ImagePlus open = samples(1);
    open.setLut(LookUpTables.inferno());
    assertShown(open, ensemble);
  }
}
