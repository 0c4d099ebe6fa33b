package io.github.posteriorj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples in a hyperstack. */
class EnsembleImageTest {

  @Test
  void samplesAreStillThereWhenTheirImageIsClosed() {
    ImagePlus image = IJ.createHyperStack("cells-samples", 4, 3, 2, 3, 5, 32);
    for (int index = 1; index <= image.getStackSize(); index++) {
      image.getStack().getProcessor(index).set(index);
    }
    image.setProperty("Info", "Samples: 5\nChains: 2\n");
    image.setPosition(2, 3, 4);
    image.setDisplayRange(-7, 70);
    EnsembleImage ensemble = EnsembleImage.of(image, "automatic");
    List<float[]> samples = ensemble.pixels(new Plane(1, 3));
    image.changes = false;
    image.flush();
    assertEquals(5, ensemble.count());
    assertEquals(2, ensemble.chains());
    assertEquals(new Plane(2, 3), ensemble.shown());
    assertEquals(70, ensemble.image().getDisplayRangeMax());
    for (int sample = 0; sample < 5; sample++) {
      assertArrayEquals(samples.get(sample), ensemble.pixels(new Plane(1, 3), sample));
    }
  }
}
