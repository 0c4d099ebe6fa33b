package io.github.posteriorj.imagej;

import ij.process.ColorProcessor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * A picture of mean and uncertainty in one: the mean is the brightness, and the less sure a pixel
 * is, the more orange. What is sure is gray.
 *
 * @param low the mean that is shown darkest
 * @param high the mean that is shown brightest
 * @param most the standard deviation that is shown in full colour
 */
public record UncertaintyPicture(double low, double high, double most) {

  private static final int WHITE = 255;

  /** What a bright, unsure pixel looks like; gray and this one differ for the colour-blind, too. */
  private static final Color UNSURE = new Color(255, 110, 0);

  /** The darkest brightness, in which colours can still be told apart. */
  private static final double DARKEST = 0.12;

  private static final int LEAST_SIDE = 200;
  private static final int GAP = 12;
  private static final int CAPTION = 26;
  private static final int KEY = 60;
  private static final int LABELS = 70;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  /**
   * Paints a plane.
   *
   * @param mean width x height pixels, row by row
   * @param deviation the standard deviations, likewise
   */
  public ColorProcessor paint(float[] mean, float[] deviation, int width, int height) {
    int[] colours = new int[mean.length];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = colour(share(mean[i], low, high), share(deviation[i], 0, most));
    }
    return new ColorProcessor(width, height, colours);
  }

  /**
   * A painted plane with a key of its colours beside it: brightness to the right, uncertainty
   * upwards. Small planes are enlarged.
   */
  public ColorProcessor withKey(ColorProcessor painted) {
    int side = Math.max(painted.getWidth(), painted.getHeight());
    int zoom = Math.max(1, (int) Math.ceil((double) LEAST_SIDE / side));
    int width = painted.getWidth() * zoom;
    int height = Math.max(painted.getHeight() * zoom, LEAST_SIDE / 2);
    BufferedImage canvas =
        new BufferedImage(
            width + KEY + LABELS + 3 * GAP,
            height + 2 * (CAPTION + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    int top = GAP + CAPTION;
    graphics.drawImage(
        painted.getBufferedImage(), GAP, top, width, painted.getHeight() * zoom, null);
    int left = 2 * GAP + width;
    graphics.drawImage(key(height).getBufferedImage(), left, top, null);
    graphics.setColor(Color.BLACK);
    graphics.drawRect(left, top, KEY, height);
    graphics.drawString("st. dev.", left, top - 9);
    graphics.drawString("mean", left, top + height + CAPTION + 4);
    graphics.drawString(BarLabels.text(low), left, top + height + 16);
    graphics.drawString(BarLabels.text(high), left + KEY, top + height + 16);
    BarLabels.draw(graphics, 0, most, left + KEY + 4, top, height);
    graphics.dispose();
    return new ColorProcessor(canvas);
  }

  private static ColorProcessor key(int height) {
    ColorProcessor key = new ColorProcessor(KEY, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < KEY; x++) {
        key.set(x, y, colour(x / (KEY - 1.0), 1 - y / Math.max(1, height - 1.0)));
      }
    }
    return key;
  }

  /** Where a value lies between two, 0 to 1; values that are no numbers lie at the lower end. */
  private static double share(double value, double low, double high) {
    double share = (value - low) / (high - low);
    return share > 0 ? Math.min(1, share) : 0;
  }

  private static int colour(double brightness, double uncertainty) {
    double light = DARKEST + (1 - DARKEST) * brightness;
    int red = (int) Math.round(light * (WHITE + uncertainty * (UNSURE.getRed() - WHITE)));
    int green = (int) Math.round(light * (WHITE + uncertainty * (UNSURE.getGreen() - WHITE)));
    int blue = (int) Math.round(light * (WHITE + uncertainty * (UNSURE.getBlue() - WHITE)));
    return red << 16 | green << 8 | blue;
  }
}
