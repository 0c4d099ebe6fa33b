package io.github.posteriorj.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;

/** What all plots look like. */
final class Look {

  private static final double SIDE = 6;

  /** A dot, a square, a diamond: they tell series of one colour apart. */
  private static final List<Shape> MARKS =
      List.of(
          new Ellipse2D.Double(-SIDE / 2, -SIDE / 2, SIDE, SIDE),
          new Rectangle2D.Double(-SIDE / 2, -SIDE / 2, SIDE, SIDE),
          ShapeUtils.createDiamond((float) SIDE));

  /** Okabe and Ito's palette that is safe for colour blindness, without its yellow, and a grey. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000),
          new Color(0x888888));

  /** The last number of an axis reaches beyond its end. */
  private static final RectangleInsets MARGIN = new RectangleInsets(4, 4, 4, 20);

  private static final Color GRID = Color.LIGHT_GRAY;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private Look() {}

  /** The colour of a series; after the last one they begin anew, with another mark. */
  static Color colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  /** The mark of a series' points. */
  static Shape mark(int series) {
    return MARKS.get(series / COLOURS.size() % MARKS.size());
  }

  /** An axis with its label and numbers. */
  static ValueAxis drawn(Axis axis) {
    if (axis.scale() == Axis.Scale.LOGARITHMIC) {
      // From one power of ten to another: the newer LogAxis puts its ticks at no round numbers.
      LogarithmicAxis logarithmic = new LogarithmicAxis(axis.label());
      logarithmic.setAutoRangeNextLogFlag(true);
      logarithmic.setExpTickLabelsFlag(false);
      logarithmic.setNumberFormatOverride(
          new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)));
      return logarithmic;
    }
    NumberAxis linear = new NumberAxis(axis.label());
    linear.setAutoRangeIncludesZero(false);
    return linear;
  }

  static void style(CategoryPlot plot) {
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlinePaint(GRID);
    plot.getDomainAxis().setTickLabelFont(FONT);
    plot.getRangeAxis().setLabelFont(FONT);
  }

  static void style(XYPlot plot) {
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlinePaint(GRID);
    plot.getDomainAxis().setLabelFont(FONT);
    plot.getRangeAxis().setLabelFont(FONT);
  }

  static JFreeChart chart(Plot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    JFreeChart chart = new JFreeChart(null, FONT, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(MARGIN);
    chart.getLegend().setItemFont(FONT);
    return chart;
  }
}
