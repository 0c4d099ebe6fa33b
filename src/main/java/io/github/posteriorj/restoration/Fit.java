package io.github.posteriorj.restoration;

import io.github.posteriorj.image.RobustLevel;
import io.github.posteriorj.operator.ForwardOperator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Whether the samples' predictions fit the measurement, and what is likely wrong where they do not.
 *
 * <p>The residuals of the mean prediction tell one cause from another: noise that is larger than
 * assumed leaves residuals that know nothing of their neighbours; a wrong blur leaves them along
 * structures, uneven light over large areas, a camera's pattern along rows or columns, a range that
 * is too narrow at the brightest and darkest pixels.
 */
final class Fit implements ImageSink {

  /** Mean squared residuals in units of the noise that cannot be, but by a cause. */
  private static final double LARGEST_MISFIT = 2;

  private static final double SMALLEST_MISFIT = 0.5;

  /** With fewer values chance alone may leave these bounds: their standard error is 0.2. */
  private static final int FEWEST_VALUES = 50;

  /** Standard deviations beyond which a residual is one of few that lie far off. */
  private static final double FAR_OFF = 6;

  private static final double FEW = 0.01;

  /** A cause that explains half of the squared residuals is the likely one. */
  private static final double MOST = 0.5;

  /** Share of the pixels that are the brightest, or the darkest. */
  private static final double END = 0.05;

  /** Side of the squares whose means show uneven light. */
  private static final int SQUARE = 8;

  /** Correlation of neighbouring residuals that noise of single pixels does not have. */
  private static final double CORRELATED = 0.25;

  private final Measurement measurement;
  private final boolean isImage;
  private final double[] predictions;
  private int count;

  /**
   * The fit of no prediction yet.
   *
   * @param measurement NaN where nothing was observed
   * @param operator what made it
   */
  Fit(Measurement measurement, ForwardOperator operator) {
    this.measurement = measurement;
    this.isImage = OutlyingValues.isImage(measurement.shape(), operator);
    this.predictions = new double[measurement.values().length];
  }

  @Override
  public void add(RestoredImage image) {
    count++;
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] += image.prediction()[i];
    }
  }

  /**
   * What people should know of a misfit that cannot be; empty if it is as it should be.
   *
   * @param misfit the samples' mean misfit
   * @param formula what it is
   * @param noise what was assumed of the noise
   * @param ofMethod the cause, if it is the method's own doing ({@link
   *     io.github.posteriorj.solver.Solver#causeOfMisfit})
   */
  Optional<String> warning(
      double misfit, String formula, NoiseModel noise, Optional<String> ofMethod) {
    double[] residuals = residuals();
    int observed = (int) Arrays.stream(residuals).filter(Double::isFinite).count();
    Optional<String> remedy = noise.remedy(deviation(residuals));
    if (remedy.isEmpty()
        || observed < FEWEST_VALUES
        || misfit >= SMALLEST_MISFIT && misfit <= LARGEST_MISFIT) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
                Locale.ROOT,
                "The samples %s: %s is %.3g, but near 1 where all fits. ",
                misfit > LARGEST_MISFIT
                    ? "do not explain the measurement"
                    : "follow the measurement closer than its noise can be",
                formula,
                misfit)
            + ofMethod.orElseGet(() -> "Most likely " + cause(misfit, residuals, remedy.get())));
  }

  private String cause(double misfit, double[] residuals, String remedy) {
    return misfit > LARGEST_MISFIT
        ? causeOfLargeOnes(residuals, remedy)
        : causeOfSmallOnes(residuals, remedy);
  }

  private double[] residuals() {
    return IntStream.range(0, predictions.length)
        .mapToDouble(i -> predictions[i] / count - measurement.values()[i])
        .toArray();
  }

  private String causeOfLargeOnes(double[] residuals, String remedy) {
    if (!isImage) {
      return "they were caught at a poor image: try another seed. Or the forward"
          + " operator or the noise is another one than was given. "
          + remedy;
    }
    int farOff = farOff(residuals);
    if (farOff > 0) {
      return farOff
          + " pixel(s) alone are to blame: hot, dead or saturated ones. Write outliers=hide, or"
          + " hide them by a mask in Posterior Inpaint.";
    }
    if (alongLines(residuals) > MOST) {
      return "the camera leaves a fixed pattern of rows or columns: subtract a dark image from the"
          + " measurement first, and give its flat field in illumination.";
    }
    if (inSquares(residuals) > MOST) {
      return "the light or the background is not even: give the light's pattern in illumination, or"
          + " subtract the background first (Process > Subtract Background...).";
    }
    if (atEnd(residuals, true) > MOST) {
      return "the brightest structures are brighter than the intensity range lets them be: raise"
          + " intensity_high. Or they are saturated: use Posterior HDR.";
    }
    if (atEnd(residuals, false) > MOST) {
      return "the background is darker than the intensity range lets it be: lower intensity_low.";
    }
    if (correlation(residuals) > CORRELATED) {
      return "the blur is another one than was given: check the PSF and its width. Or the image was"
          + " smoothed, scaled or compressed, so that its noise is not that of single pixels.";
    }
    return "the noise is larger than was assumed. " + remedy;
  }

  private String causeOfSmallOnes(double[] residuals, String remedy) {
    return isImage && correlation(residuals) > CORRELATED
        ? "the image was smoothed, scaled or compressed, so that its noise is not that of single"
            + " pixels: restore the raw image. Or the noise is smaller than was assumed. "
            + remedy
        : "the noise is smaller than was assumed. " + remedy;
  }

  /** How many residuals make up most of the squares, if these are few and lie far off. */
  private static int farOff(double[] residuals) {
    RobustLevel level = RobustLevel.of(Arrays.stream(residuals).filter(Double::isFinite).toArray());
    double[] far =
        Arrays.stream(residuals)
            .filter(r -> Math.abs(r - level.median()) > FAR_OFF * level.deviation())
            .toArray();
    boolean few = far.length <= FEW * level.count();
    return few && squares(far) > MOST * squares(residuals) ? far.length : 0;
  }

  /** The larger share of the squares that the means of rows, or of columns, explain. */
  private double alongLines(double[] residuals) {
    return Math.max(
        explained(residuals, i -> i / measurement.width()),
        explained(residuals, i -> i % measurement.width()));
  }

  private double inSquares(double[] residuals) {
    int width = measurement.width();
    return explained(residuals, i -> (i / width / SQUARE) * width + i % width / SQUARE);
  }

  /** The share of the squares that the means of groups of pixels explain. */
  private static double explained(double[] residuals, IntUnaryOperator group) {
    double[] sums = new double[residuals.length];
    int[] counts = new int[residuals.length];
    for (int i = 0; i < residuals.length; i++) {
      if (Double.isFinite(residuals[i])) {
        sums[group.applyAsInt(i)] += residuals[i];
        counts[group.applyAsInt(i)]++;
      }
    }
    double explained =
        IntStream.range(0, sums.length)
            .filter(i -> counts[i] > 0)
            .mapToDouble(i -> sums[i] * sums[i] / counts[i])
            .sum();
    return explained / squares(residuals);
  }

  /**
   * The share of the squares at the brightest pixels, which are predicted too dark, or at the
   * darkest ones, which are predicted too bright.
   */
  private double atEnd(double[] residuals, boolean brightest) {
    float[] values = measurement.values();
    int[] order =
        IntStream.range(0, residuals.length)
            .filter(i -> Double.isFinite(residuals[i]))
            .boxed()
            .sorted((a, b) -> Float.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int size = Math.max(1, (int) (END * order.length));
    return IntStream.range(0, size)
            .map(i -> brightest ? order[order.length - 1 - i] : order[i])
            .mapToDouble(i -> brightest ? Math.min(residuals[i], 0) : Math.max(residuals[i], 0))
            .map(r -> r * r)
            .sum()
        / squares(residuals);
  }

  /** Of neighbours in rows and columns. */
  private double correlation(double[] residuals) {
    int width = measurement.width();
    double products = 0;
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      for (int neighbour : new int[] {i + 1, i + width}) {
        // The right neighbour of a row's last pixel is in the next row.
        if (neighbour < residuals.length
            && (neighbour != i + 1 || neighbour % width != 0)
            && Double.isFinite(residuals[i] * residuals[neighbour])) {
          products += residuals[i] * residuals[neighbour];
          squares += residuals[i] * residuals[i];
        }
      }
    }
    return squares > 0 ? products / squares : 0;
  }

  private static double deviation(double[] residuals) {
    return Math.sqrt(
        squares(residuals) / Arrays.stream(residuals).filter(Double::isFinite).count());
  }

  private static double squares(double[] residuals) {
    return Arrays.stream(residuals).filter(Double::isFinite).map(r -> r * r).sum();
  }
}
