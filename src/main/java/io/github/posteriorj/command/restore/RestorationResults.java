package io.github.posteriorj.command.restore;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.LUT;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.MapImages;
import io.github.posteriorj.imagej.PlaneView;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.job.ForwardModel;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.Region;
import io.github.posteriorj.job.RestorationInfo;
import io.github.posteriorj.job.Restored;
import io.github.posteriorj.restoration.PosteriorSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * The images that the restoration of a plane leaves: {@code <title>-samples}, {@code <title>-mean},
 * {@code <title>-variance} and the maps.
 */
final class RestorationResults {

  /** The kind of the images that were drawn. */
  static final String SAMPLES = "samples";

  private final PosteriorSummary summary;
  private final String title;
  private final Optional<Region> region;
  private final ImagePlus image;
  private final ImagePlus whole;
  private final ImagePlus measured;
  private final boolean sameField;
  private final boolean sameColours;
  private final String info;

  /**
   * Results of a plane.
   *
   * @param restored what a job has made
   * @param title what their titles begin with
   * @param image the image that the plane is of; null if there was none
   * @param place where it is in the image
   */
  RestorationResults(Restored restored, String title, ImagePlus image, Place place) {
    ForwardModel instrument = restored.job().forwardModel();
    this.summary = restored.summary();
    this.title = title;
    this.region = restored.job().region();
    this.image = image;
    this.whole = image == null ? null : PlaneView.of(image, place);
    this.measured = region.map(part -> PlaneView.part(whole, part)).orElse(whole);
    this.sameField = image != null && instrument.keepsField();
    this.sameColours = image != null && instrument.keepsColours();
    this.info = RestorationInfo.of(restored, title, Installation.version());
  }

  /**
   * Samples, mean, variance and maps by their kinds, which their titles end with.
   *
   * @param diagnostics whether what the chains say of each pixel follows
   */
  Map<String, ImagePlus> images(boolean diagnostics) {
    Map<String, ImagePlus> images = new LinkedHashMap<>();
    images.put(SAMPLES, intensities(SAMPLES, summary.samples()));
    images.put("mean", warned(intensities("mean", summary.mean())));
    ImagePlus variance = result("variance", summary.variance());
    double highest = variance.getStatistics().max;
    images.put("variance", inColours(variance, LookUpTables.inferno(), 0, highest));
    summary.maps().forEach((map, values) -> images.put(MapImages.kind(map), map(map, values)));
    if (diagnostics) {
      PixelDiagnostics pixels = summary.diagnostics().pixels();
      images.put("r-hat", ofChains("r-hat", pixels.rHat()));
      images.put("ess", ofChains("ess", pixels.bulkSampleSize()));
      images.put("mcse", ofChains("mcse", pixels.meanError()));
    }
    return images;
  }

  /** ImageJ shows a slice's label above its pixels. */
  private ImagePlus warned(ImagePlus mean) {
    List<String> warnings = summary.warnings();
    return warnings.isEmpty()
        ? mean
        : ResultImages.labelledFirst(mean, Warning.inShort(warnings.get(0)));
  }

  private ImagePlus ofChains(String kind, float[] pixels) {
    RandomAccessibleInterval<FloatType> mean = summary.mean();
    return MapImages.inColours(
        result(kind, Planes.split(pixels, mean.dimension(0), mean.dimension(1))));
  }

  private ImagePlus map(PosteriorMap map, RandomAccessibleInterval<FloatType> pixels) {
    String kind = MapImages.kind(map);
    return map.showsIntensities()
        ? intensities(kind, pixels)
        : MapImages.inColours(result(kind, pixels));
  }

  /** An image in the measurement's units, in its colours. */
  private ImagePlus intensities(String kind, RandomAccessibleInterval<FloatType> pixels) {
    return inColours(
        result(kind, pixels), colours(), summary.scale().black(), summary.scale().white());
  }

  private LUT colours() {
    return measured == null ? LookUpTables.gray() : measured.getProcessor().getLut();
  }

  private ImagePlus inColours(ImagePlus result, LUT lut, double low, double high) {
    int channels = summary.channels();
    if (channels == 1) {
      return ResultImages.withDisplay(result, lut, low, high);
    }
    CompositeImage composite = ResultImages.withChannels(result, channels, low, high);
    return sameColours ? ResultImages.withColoursOf(composite, image) : composite;
  }

  private ImagePlus result(String kind, RandomAccessibleInterval<FloatType> pixels) {
    RandomAccessibleInterval<FloatType> shown =
        region.map(part -> withoutContext(pixels, part)).orElse(pixels);
    Calibration calibration =
        sameField ? ResultImages.sameField(measured, shown) : new Calibration();
    ImagePlus result = ResultImages.create(title + "-" + kind, shown, calibration, info);
    if (measured != null) {
      ResultImages.withNotes(result, measured);
    }
    if (region.isPresent()) {
      maskOutside(result);
    }
    return sameField ? ResultImages.withOverlay(result, measured) : result;
  }

  private RandomAccessibleInterval<FloatType> withoutContext(
      RandomAccessibleInterval<FloatType> pixels, Region part) {
    Region window = part.window(whole.getWidth(), whole.getHeight());
    long factor = pixels.dimension(0) / window.width();
    long[] least = new long[pixels.numDimensions()];
    long[] most = pixels.maxAsLongArray();
    least[0] = factor * (part.x() - window.x());
    least[1] = factor * (part.y() - window.y());
    most[0] = least[0] + factor * part.width() - 1;
    most[1] = least[1] + factor * part.height() - 1;
    return Views.zeroMin(Views.interval(pixels, least, most));
  }

  /** Outside of a selection that is no rectangle nothing is shown. */
  private void maskOutside(ImagePlus result) {
    Roi selection = measured.getRoi();
    if (selection == null || selection.getType() == Roi.RECTANGLE) {
      return;
    }
    int factor = result.getWidth() / measured.getWidth();
    for (int slice = 1; slice <= result.getStackSize(); slice++) {
      float[] pixels = (float[]) result.getStack().getPixels(slice);
      for (int i = 0; i < pixels.length; i++) {
        int column = i % result.getWidth() / factor;
        int row = i / result.getWidth() / factor;
        pixels[i] = selection.contains(column, row) ? pixels[i] : Float.NaN;
      }
    }
    result.resetDisplayRange();
  }
}
