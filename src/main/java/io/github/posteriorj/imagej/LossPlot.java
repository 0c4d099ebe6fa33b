package io.github.posteriorj.imagej;

import ij.gui.Plot;
import io.github.posteriorj.prior.training.FineTuningResult;
import io.github.posteriorj.prior.training.FineTuningResult.Loss;
import java.awt.Color;
import java.util.List;

/** The curve of a fine-tuning's losses. */
public final class LossPlot {

  private LossPlot() {}

  /**
   * Plots training and validation loss against the step.
   *
   * @param title the plot's title
   */
  public static Plot of(String title, FineTuningResult result) {
    Plot plot = new Plot(title, "Step", "Consistency loss");
    plot.setLineWidth(2);
    add(plot, Color.GRAY, result.training());
    add(plot, Color.RED, result.validation());
    plot.addLegend("training\nvalidation");
    plot.setLimitsToFit(true);
    return plot;
  }

  private static void add(Plot plot, Color color, List<Loss> losses) {
    plot.setColor(color);
    plot.add(
        "line",
        losses.stream().mapToDouble(Loss::step).toArray(),
        losses.stream().mapToDouble(Loss::value).toArray());
  }
}
