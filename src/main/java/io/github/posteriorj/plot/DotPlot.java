package io.github.posteriorj.plot;

import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StatisticalLineAndShapeRenderer;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/**
 * Numbers with error bars as dots: a row for each of some things, a colour for each of some
 * conditions.
 *
 * @param value the numbers' axis; error bars on a logarithmic one must not reach 0
 * @param rows the numbers by row and colour, in the order in which they are drawn
 */
public record DotPlot(Axis value, Map<String, Map<String, Estimate>> rows) implements Plot {

  private static final int ROW_HEIGHT = 34;
  private static final int FRAME_HEIGHT = 110;
  private static final float LABEL_SHARE = 0.35f;
  private static final double ROW_MARGIN = 0.3;

  @Override
  public JFreeChart chart() {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    rows.forEach(
        (row, dots) ->
            dots.forEach(
                (colour, estimate) -> data.add(estimate.mean(), estimate.error(), colour, row)));
    StatisticalLineAndShapeRenderer dots = new StatisticalLineAndShapeRenderer(false, true);
    dots.setUseSeriesOffset(true);
    dots.setItemMargin(ROW_MARGIN);
    CategoryAxis names = new CategoryAxis();
    names.setMaximumCategoryLabelWidthRatio(LABEL_SHARE);
    CategoryPlot plot = new CategoryPlot(data, names, Look.drawn(value), dots);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setDomainGridlinesVisible(true);
    Look.style(plot);
    for (int i = 0; i < data.getRowCount(); i++) {
      dots.setSeriesPaint(i, Look.colour(i));
      dots.setSeriesShape(i, Look.mark(i));
    }
    return Look.chart(plot);
  }

  @Override
  public int height() {
    return FRAME_HEIGHT + ROW_HEIGHT * rows.size();
  }
}
