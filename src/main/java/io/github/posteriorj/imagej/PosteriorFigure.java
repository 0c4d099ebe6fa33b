package io.github.posteriorj.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A figure of a posterior: the measurement, some samples, their mean and their standard deviation,
 * each with its title, and colour bars with numbers.
 */
public final class PosteriorFigure {

  private static final int SAMPLES = 3;
  private static final int COLOURS = 3;

  /** Share of a tile's pixels below its white, where it has a range of its own. */
  private static final double SHOWN_SHARE = 0.99;

  /** Contrast of the measurement, as a share of the mean's, below which nothing would be seen. */
  private static final double LEAST_CONTRAST = 0.05;

  private static final int LEAST_TILE = 200;
  private static final int GAP = 12;
  private static final int CAPTION = 26;
  private static final int BAR = 14;
  private static final int BAR_LABELS = 70;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  private PosteriorFigure() {}

  private record Extremes(double low, double high) {}

  private record Tile(String caption, ImageProcessor pixels, LUT lut, double low, double high) {}

  /**
   * Draws the figure.
   *
   * @param measurement the measured image, gray or RGB; one of another size than the others, such
   *     as a pooled image or a Fourier transform, and one of hardly any contrast beside the others,
   *     such as an image of labels, is shown in a range of its own
   * @param samples a stack of at least one sample
   * @param mean their mean
   * @param variance their variance
   * @return an RGB image; the gray tiles share one display range, that of the mean, and the
   *     standard deviations of the channels another one
   * @throws IllegalArgumentException if samples, mean and variance differ in size
   */
  public static ImagePlus draw(
      ImagePlus measurement, ImagePlus samples, ImagePlus mean, ImagePlus variance) {
    for (ImagePlus image : List.of(samples, variance)) {
      if (!haveOneSize(image, mean)) {
        throw new IllegalArgumentException(
            "\"%s\" and \"%s\" differ in size: they do not belong together."
                .formatted(image.getTitle(), mean.getTitle()));
      }
    }
    Extremes shown = extremes(mean);
    double low = shown.low();
    double high = shown.high();
    LUT gray = LookUpTables.gray();
    List<Tile> tiles = new ArrayList<>();
    Extremes contrast = extremes(measurement);
    boolean sharesRange =
        haveOneSize(measurement, mean)
            && contrast.high() - contrast.low() > LEAST_CONTRAST * (high - low);
    ImagePlus measured = intensities(measurement);
    Extremes range = sharesRange ? shown : ownRange(measured);
    ImageProcessor shownMeasurement =
        image(measured, 0, measured.getStackSize(), range.low(), range.high());
    tiles.add(new Tile("measurement", shownMeasurement, gray, range.low(), range.high()));
    int channels = mean.getNChannels();
    for (int sample = 0; sample < Math.min(SAMPLES, samples.getStackSize() / channels); sample++) {
      ImageProcessor pixels = image(samples, sample, channels, low, high);
      tiles.add(new Tile("sample " + (sample + 1), pixels, gray, low, high));
    }
    tiles.add(new Tile("mean", image(mean, 0, channels, low, high), gray, low, high));
    tiles.addAll(deviations(variance, channels));
    return new ImagePlus("panel", paint(tiles));
  }

  /** A gray image as it is; one of three channels in its colours. */
  private static ImageProcessor image(
      ImagePlus stack, int number, int channels, double low, double high) {
    int first = number * channels + 1;
    if (channels == 1) {
      return stack.getStack().getProcessor(first);
    }
    ColorProcessor colours = new ColorProcessor(stack.getWidth(), stack.getHeight());
    for (int channel = 0; channel < Math.min(COLOURS, channels); channel++) {
      ImageProcessor plane = stack.getStack().getProcessor(first + channel).duplicate();
      plane.setMinAndMax(low, high);
      colours.setChannel(channel + 1, plane.convertToByteProcessor(true));
    }
    return colours;
  }

  /** The standard deviation of each channel, in one range. */
  private static List<Tile> deviations(ImagePlus variance, int channels) {
    List<ImageProcessor> deviations = new ArrayList<>();
    double largest = 0;
    for (int channel = 1; channel <= channels; channel++) {
      ImageProcessor deviation = variance.getStack().getProcessor(channel).duplicate();
      deviation.sqrt();
      deviation.resetMinAndMax();
      deviations.add(deviation);
      largest = Math.max(largest, deviation.getMax());
    }
    List<Tile> tiles = new ArrayList<>();
    for (ImageProcessor deviation : deviations) {
      String caption =
          channels == 1 ? "standard deviation" : "st. dev., channel " + (tiles.size() + 1);
      tiles.add(new Tile(caption, deviation, LookUpTables.inferno(), 0, largest));
    }
    return tiles;
  }

  private static boolean haveOneSize(ImagePlus a, ImagePlus b) {
    return a.getWidth() == b.getWidth() && a.getHeight() == b.getHeight();
  }

  /** The pixels in calibrated units, of a colour image one slice for each colour. */
  private static ImagePlus intensities(ImagePlus image) {
    ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
    for (float[] pixels : PixelCopies.of(image, image.getProcessor())) {
      stack.addSlice(new FloatProcessor(image.getWidth(), image.getHeight(), pixels));
    }
    return new ImagePlus(image.getTitle(), stack);
  }

  /** The range of all of an image's intensities, whatever is selected or shown of it. */
  private static Extremes extremes(ImagePlus image) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int plane = 1; plane <= image.getStackSize(); plane++) {
      for (float[] pixels : PixelCopies.of(image, image.getStack().getProcessor(plane))) {
        for (float pixel : pixels) {
          low = Float.isFinite(pixel) ? Math.min(low, pixel) : low;
          high = Float.isFinite(pixel) ? Math.max(high, pixel) : high;
        }
      }
    }
    return new Extremes(low, high);
  }

  /** A range in which all but the brightest pixels use the whole range of grays. */
  private static Extremes ownRange(ImagePlus intensities) {
    double[] sorted =
        IntStream.rangeClosed(1, intensities.getStackSize())
            .mapToObj(slice -> (float[]) intensities.getStack().getPixels(slice))
            .flatMapToDouble(
                values -> IntStream.range(0, values.length).mapToDouble(i -> values[i]))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double low = sorted.length == 0 ? 0 : sorted[0];
    double high = sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * SHOWN_SHARE)];
    return new Extremes(low, Math.max(high, Math.nextUp((float) low)));
  }

  private static BufferedImage paint(List<Tile> tiles) {
    // The measurement may be of another size than the images.
    ImageProcessor first = tiles.get(1).pixels();
    int zoom =
        Math.max(
            1,
            (int) Math.ceil((double) LEAST_TILE / Math.max(first.getWidth(), first.getHeight())));
    int width = first.getWidth() * zoom;
    int height = first.getHeight() * zoom;
    int columns = (tiles.size() + 1) / 2;
    BufferedImage canvas =
        new BufferedImage(
            columns * (width + GAP) + GAP + 2 * (BAR + BAR_LABELS),
            2 * (height + CAPTION + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    for (int i = 0; i < tiles.size(); i++) {
      int x = GAP + (i % columns) * (width + GAP);
      int y = GAP + (i / columns) * (height + CAPTION + GAP);
      graphics.setColor(Color.BLACK);
      graphics.drawString(tiles.get(i).caption(), x, y + CAPTION - 9);
      graphics.drawImage(rendered(tiles.get(i)), x, y + CAPTION, width, height, null);
    }
    int bars = GAP + columns * (width + GAP);
    int top = GAP + CAPTION;
    int barHeight = canvas.getHeight() - top - 2 * GAP;
    drawBar(graphics, tiles.get(1), "intensity", bars, top, barHeight);
    drawBar(
        graphics, tiles.get(tiles.size() - 1), "st. dev.", bars + BAR + BAR_LABELS, top, barHeight);
    graphics.dispose();
    return canvas;
  }

  private static BufferedImage rendered(Tile tile) {
    if (tile.pixels() instanceof ColorProcessor) {
      return tile.pixels().getBufferedImage();
    }
    ImageProcessor copy = tile.pixels().duplicate();
    copy.setLut(tile.lut());
    copy.setMinAndMax(tile.low(), tile.high());
    return copy.getBufferedImage();
  }

  private static void drawBar(
      Graphics2D graphics, Tile tile, String caption, int x, int y, int height) {
    for (int row = 0; row < height; row++) {
      int level = 255 - row * 255 / Math.max(1, height - 1);
      graphics.setColor(new Color(tile.lut().getRGB(level)));
      graphics.fillRect(x, y + row, BAR, 1);
    }
    graphics.setColor(Color.BLACK);
    graphics.drawRect(x, y, BAR, height);
    graphics.drawString(caption, x, y - 9);
    BarLabels.draw(graphics, tile.low(), tile.high(), x + BAR + 4, y, height);
  }
}
