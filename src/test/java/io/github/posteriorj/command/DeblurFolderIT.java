package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageConverter;
import io.github.posteriorj.PosteriorJ;
import io.github.posteriorj.imagej.host.ChildJvm;
import io.github.posteriorj.imagej.host.ChildJvm.Result;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The macro that restores a folder goes on after files that it can't restore, and tells of them.
 */
class DeblurFolderIT {

  private static final String FAST = "samples=2 chains=2 warm_start_steps=2 burn_in=0 device=cpu";

  @TempDir private static Path folder;

  private static void save(ImagePlus image, Path file) {
    assertTrue(IJ.saveAsTiff(image, file.toString()), file::toString);
  }

  private static ImagePlus cells() {
    ImagePlus image = IJ.openImage("test-images/cells-measurement.tif");
    image.setRoi(new Roi(40, 40, 32, 32));
    return image.crop();
  }

  private static ImagePlus indexedColours() {
    ImagePlus image = IJ.createImage("colours", "RGB ramp", 32, 32, 1);
    image.getProcessor().setColor(Color.RED);
    image.getProcessor().fillRect(0, 0, 16, 16);
    new ImageConverter(image).convertRGBtoIndexedColor(16);
    return image;
  }

  private static Result restore(Path input, Path output) throws Exception {
    return ChildJvm.run(
        Path.of("").toAbsolutePath(),
        Map.of(),
        PosteriorJ.class.getName(),
        "--headless",
        "-macro",
        Path.of("macros/PosteriorJ/Deblur_Folder.ijm").toAbsolutePath().toString(),
        String.join(";", input.toString(), output.toString(), "2", "190", FAST));
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void filesThatFailAreToldInTheEndAndTriedAgain() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    Path output = folder.resolve("out");
    save(IJ.createImage("black", "16-bit black", 32, 32, 1), input.resolve("a black.tif"));
    Path upper = input.resolve("upper.tif");
    save(cells(), upper);
    Files.move(upper, input.resolve("b.TIF"));
    save(indexedColours(), input.resolve("c.tif"));
    Files.writeString(input.resolve("d.Tiff"), "no image");
    Files.write(input.resolve("e.tif"), new byte[] {'I', 'I', '*', 0, 1, 2, 3});
    Files.writeString(input.resolve("notes.txt"), "left out");
    Files.writeString(input.resolve("._b.tif"), "left out");

    Result first = restore(input, output);
    assertEquals(1, first.status(), first::toString);
    TreeSet<String> results =
        new TreeSet<>(List.of("b.TIF-mean.tif", "b.TIF-samples.tif", "b.TIF-variance.tif"));
    assertEquals(results, names(output));
    for (String line :
        List.of(
            "4 image(s) could not be restored:",
            "a black.tif: \"a black.tif\" is constant",
            "c.tif: \"c.tif\" is a colour image",
            "d.Tiff: This is no TIFF file.",
            "e.tif: ImageJ cannot read the file")) {
      assertTrue(first.toString().contains(line), first::toString);
    }

    save(cells(), input.resolve("a black.tif"));
    for (String name : List.of("c.tif", "d.Tiff", "e.tif")) {
      Files.delete(input.resolve(name));
    }
    Result second = restore(input, output);
    assertEquals(0, second.status(), second::toString);
    assertTrue(second.output().contains("1: a black.tif\n1 image(s) restored"), second::output);
    assertTrue(names(output).contains("a black.tif-variance.tif"));
  }
}
