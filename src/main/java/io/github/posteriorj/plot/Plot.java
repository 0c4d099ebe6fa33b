package io.github.posteriorj.plot;

import org.jfree.chart.JFreeChart;

/** What can be drawn to a file ({@link PlotFiles}). */
public sealed interface Plot permits DotPlot, LinePlot {

  /** The drawing. */
  JFreeChart chart();

  /** Its height, in pixels. */
  int height();
}
