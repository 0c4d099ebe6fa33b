package io.github.posteriorj.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.plot.Axis.Scale;
import io.github.posteriorj.plot.Line.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plot is the same picture in both files. */
class PlotFilesTest {

  private static final Plot DOTS =
      new DotPlot(
          new Axis("PSNR (dB)", Scale.LINEAR),
          Map.of("DPS", Map.of("blur", new Estimate(20, 0.5), "pooling", new Estimate(22, 1))));

  private static final Plot LINES =
      new LinePlot(
          new Axis("samples", Scale.LOGARITHMIC),
          new Axis("passes", Scale.LOGARITHMIC),
          List.of(
              new Line("DPS", List.of(new Point(1, 400), new Point(64, 25600))),
              new Line("Langevin", List.of(new Point(1, 300), new Point(64, 900)))));

  @TempDir private Path folder;

  private String svg(Plot plot) throws IOException {
    PlotFiles.write(folder, "plot", plot);
    return Files.readString(folder.resolve("plot.svg"));
  }

  private static long count(BufferedImage image, int colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour)
        .count();
  }

  @Test
  void wordsAreTextInTheVectors() throws IOException {
    for (String word : List.of("PSNR (dB)", "DPS", "blur", "pooling")) {
      assertTrue(svg(DOTS).contains(">" + word + "<"), word);
    }
    for (String word : List.of("samples", "DPS", "Langevin")) {
      assertTrue(svg(LINES).contains(">" + word + "<"), word);
    }
  }

  @Test
  void eachSeriesHasItsColour() throws IOException {
    svg(LINES);
    BufferedImage image = ImageIO.read(folder.resolve("plot.png").toFile());
    assertEquals(2 * LINES.height(), image.getHeight());
    assertTrue(count(image, 0xFF0072B2) > 500);
    assertTrue(count(image, 0xFFD55E00) > 500);
  }

  /** There are eight colours. */
  @Test
  void noTwoSeriesLookAlike() {
    Set<List<Object>> looks =
        IntStream.range(0, 24)
            .mapToObj(i -> List.<Object>of(Look.colour(i), Look.mark(i)))
            .collect(Collectors.toSet());
    assertEquals(24, looks.size());
  }

  @Test
  void thePlotGrowsWithItsRows() {
    Map<String, Map<String, Estimate>> two = Map.of("a", Map.of(), "b", Map.of());
    assertTrue(new DotPlot(new Axis("x", Scale.LINEAR), two).height() > DOTS.height());
  }

  @Test
  void nothingElseIsLeftBehind() throws IOException {
    svg(DOTS);
    svg(LINES);
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("plot.png", "plot.svg"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
