package io.github.posteriorj.sampler;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Draws docs/images/efficiency.png from the tables of {@link EfficiencyBenchmark} in
 * docs/benchmarks.md.
 */
public final class EfficiencyPlot {

  private static final String COLUMN = "per 1,000 gradients";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;

  private EfficiencyPlot() {}

  /** Draws the plot. */
  public static void main(String[] arguments) throws IOException {
    DefaultCategoryDataset data = read(Path.of("docs/benchmarks.md"));
    JFreeChart chart =
        ChartFactory.createBarChart(
            null,
            null,
            "effective samples per 1,000 gradients",
            data,
            PlotOrientation.HORIZONTAL,
            true,
            false,
            false);
    CategoryPlot plot = chart.getCategoryPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    BarRenderer bars = (BarRenderer) plot.getRenderer();
    bars.setBarPainter(new StandardBarPainter());
    bars.setShadowVisible(false);
    bars.setSeriesPaint(0, new Color(0x1f5f8b));
    bars.setSeriesPaint(1, new Color(0xd98c3a));
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    plot.getDomainAxis().setTickLabelFont(font);
    plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(0.5f);
    Path file = Path.of("docs/images/efficiency.png");
    Path temporary = file.resolveSibling("efficiency.png.part");
    try (OutputStream out = Files.newOutputStream(temporary)) {
      ChartUtils.writeChartAsPNG(out, chart, WIDTH, HEIGHT);
    }
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The tables that have the column, each under the line that names its posterior. */
  private static DefaultCategoryDataset read(Path document) throws IOException {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    String posterior = "";
    int column = -1;
    for (String line : Files.readAllLines(document)) {
      if (!line.startsWith("|")) {
        posterior = line.isBlank() ? posterior : line;
        column = -1;
        continue;
      }
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      if (cells.contains(COLUMN)) {
        column = cells.indexOf(COLUMN);
      } else if (column > 0 && !cells.get(1).startsWith("-")) {
        String method = cells.get(1) + ", " + cells.get(2).replaceAll(", \\d+ directions", "");
        data.addValue(Double.parseDouble(cells.get(column)), posterior, method);
      }
    }
    return data;
  }
}
