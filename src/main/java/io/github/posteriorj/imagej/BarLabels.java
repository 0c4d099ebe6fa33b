package io.github.posteriorj.imagej;

import java.awt.Color;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** The numbers beside an upright colour bar: its ends and three between them. */
final class BarLabels {

  private static final int TICKS = 4;
  private static final double LEAST_WRITTEN_OUT = 1e-3;
  private static final double MOST_WRITTEN_OUT = 1e6;

  private BarLabels() {}

  /**
   * Draws them.
   *
   * @param x their left
   * @param y the bar's upper end
   * @param height the bar's
   */
  static void draw(Graphics2D graphics, double low, double high, int x, int y, int height) {
    graphics.setColor(Color.BLACK);
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = low + (high - low) * tick / TICKS;
      int baseline = y + height - tick * height / TICKS + (tick == TICKS ? 12 : tick == 0 ? 0 : 5);
      graphics.drawString(text(value), x, baseline);
    }
  }

  /** A number of four digits, written out where it fits beside a bar. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size > 0 && (size < LEAST_WRITTEN_OUT || size >= MOST_WRITTEN_OUT)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
