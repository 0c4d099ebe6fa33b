package io.github.posteriorj.plot;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Numbers against others as lines.
 *
 * @param x the axis to the right
 * @param y the axis upwards
 * @param lines in the order of the legend
 */
public record LinePlot(Axis x, Axis y, List<Line> lines) implements Plot {

  private static final int HEIGHT = 560;

  @Override
  public JFreeChart chart() {
    XYSeriesCollection data = new XYSeriesCollection();
    for (Line line : lines) {
      XYSeries series = new XYSeries(line.name(), false);
      line.points().forEach(point -> series.add(point.x(), point.y()));
      data.addSeries(series);
    }
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    XYPlot plot = new XYPlot(data, Look.drawn(x), Look.drawn(y), renderer);
    Look.style(plot);
    for (int i = 0; i < lines.size(); i++) {
      renderer.setSeriesPaint(i, Look.colour(i));
      renderer.setSeriesShape(i, Look.mark(i));
    }
    return Look.chart(plot);
  }

  @Override
  public int height() {
    return HEIGHT;
  }
}
