package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.gui.PlotWindow;
import io.github.posteriorj.training.FineTuningResult;
import io.github.posteriorj.training.FineTuningResult.Loss;
import java.awt.Color;
import java.util.List;

/** The curve of a fine-tuning's losses, in a window that follows the training. */
public final class LossPlot {

  private final String title;
  private ImagePlus image;

  /**
   * A plot that is not shown yet.
   *
   * @param title the plot's title
   */
  public LossPlot(String title) {
    this.title = title;
  }

  /** Shows training and validation loss against the step, in the same window as before. */
  public synchronized void show(FineTuningResult result) {
    Plot plot = new Plot(title, "Step", "Consistency loss");
    plot.setLineWidth(2);
    add(plot, Color.GRAY, result.training());
    add(plot, Color.RED, result.validation());
    plot.addLegend("training\nvalidation");
    plot.setLimitsToFit(true);
    if (image != null && image.getWindow() instanceof PlotWindow window) {
      window.drawPlot(plot);
    } else {
      image = plot.getImagePlus();
      ResultImages.show(image);
    }
  }

  private static void add(Plot plot, Color color, List<Loss> losses) {
    plot.setColor(color);
    plot.add(
        "line",
        losses.stream().mapToDouble(Loss::step).toArray(),
        losses.stream().mapToDouble(Loss::value).toArray());
  }
}
