package io.github.posteriorj.plot;

import io.github.posteriorj.text.WholeFile;
import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartUtils;
import org.w3c.dom.Document;

/** Plots as files, which are there whole or not at all. */
public final class PlotFiles {

  private static final int WIDTH = 900;

  /** Pixels of the PNG for each of the plot, so that it is sharp in print and on fine screens. */
  private static final int PIXEL_RATIO = 2;

  private PlotFiles() {}

  /**
   * Draws a plot twice: {@code name.png} and {@code name.svg}.
   *
   * @param folder where they go; files of the same names are replaced
   * @throws IOException if they cannot be written
   */
  public static void write(Path folder, String name, Plot plot) throws IOException {
    WholeFile.write(folder.resolve(name + ".png"), png(plot));
    WholeFile.write(folder.resolve(name + ".svg"), svg(plot));
  }

  private static byte[] png(Plot plot) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ChartUtils.writeScaledChartAsPNG(
        bytes, plot.chart(), WIDTH, plot.height(), PIXEL_RATIO, PIXEL_RATIO);
    return bytes.toByteArray();
  }

  private static String svg(Plot plot) throws IOException {
    SVGGraphics2D graphics = new SVGGraphics2D(emptyDocument());
    graphics.setSVGCanvasSize(new Dimension(WIDTH, plot.height()));
    plot.chart().draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, plot.height()));
    StringWriter text = new StringWriter();
    graphics.stream(text, true);
    return text.toString();
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Java's own XML parser cannot be made.", e);
    }
  }
}
