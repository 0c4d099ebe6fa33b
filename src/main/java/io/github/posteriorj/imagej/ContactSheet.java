package io.github.posteriorj.imagej;

import ij.ImagePlus;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** The first images of a stack side by side, as they are shown. */
public final class ContactSheet {

  private static final int COLUMNS = 4;
  private static final int ROWS = 2;
  private static final int GAP = 2;

  /** The width of the whole, whatever the images' size. */
  private static final int WIDTH = 640;

  private ContactSheet() {}

  /** A picture of up to eight images of a stack, or of a stack of composite images. */
  public static BufferedImage of(ImagePlus stack) {
    int channels = stack.getNChannels();
    int shown = Math.min(stack.getStackSize() / channels, COLUMNS * ROWS);
    int rows = (shown + COLUMNS - 1) / COLUMNS;
    int width = WIDTH / COLUMNS - GAP;
    int height = Math.round((float) width * stack.getHeight() / stack.getWidth());
    BufferedImage sheet =
        new BufferedImage(WIDTH, rows * (height + GAP), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int image = 0; image < shown; image++) {
      stack.setSlice(image * channels + 1);
      graphics.drawImage(
          stack.getBufferedImage(),
          image % COLUMNS * (width + GAP),
          image / COLUMNS * (height + GAP),
          width,
          height,
          null);
    }
    graphics.dispose();
    stack.setSlice(1);
    return sheet;
  }
}
