package io.github.posteriorj.command.restore;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.LUT;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.MapImages;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.job.RestorationInfo;
import io.github.posteriorj.job.Restored;
import io.github.posteriorj.restoration.PosteriorSummary;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The images that the restoration of a plane leaves: {@code <title>-samples}, {@code <title>-mean},
 * {@code <title>-variance} and the maps.
 */
final class RestorationResults {

  private final PosteriorSummary summary;
  private final String title;
  private final ImagePlus measured;
  private final boolean sameField;
  private final String info;

  /**
   * Results of a plane.
   *
   * @param restored what a job has made
   * @param title what their titles begin with
   * @param measured the measurement's image, of that plane; null if there was none
   */
  RestorationResults(Restored restored, String title, ImagePlus measured) {
    this.summary = restored.summary();
    this.title = title;
    this.measured = measured;
    this.sameField = measured != null && restored.job().forwardModel().keepsField();
    this.info = RestorationInfo.of(restored, title, Installation.version());
  }

  /**
   * Samples, mean and variance.
   *
   * @param diagnostics whether what the chains say of each pixel follows
   */
  List<ImagePlus> images(boolean diagnostics) {
    List<ImagePlus> images = new ArrayList<>();
    images.add(intensities("-samples", summary.samples()));
    images.addAll(imagesOfOneSlice(diagnostics));
    return images;
  }

  /** The same without the samples. */
  List<ImagePlus> imagesOfOneSlice(boolean diagnostics) {
    List<ImagePlus> images = new ArrayList<>();
    images.add(intensities("-mean", summary.mean()));
    ImagePlus variance = result("-variance", summary.variance());
    double highest = variance.getStatistics().max;
    images.add(inColours(variance, LookUpTables.inferno(), 0, highest));
    summary.maps().forEach((map, values) -> images.add(map(map, values)));
    if (diagnostics) {
      PixelDiagnostics pixels = summary.diagnostics().pixels();
      images.add(ofChains("-r-hat", pixels.rHat()));
      images.add(ofChains("-ess", pixels.bulkSampleSize()));
      images.add(ofChains("-mcse", pixels.meanError()));
    }
    return images;
  }

  private ImagePlus ofChains(String suffix, float[] pixels) {
    RandomAccessibleInterval<FloatType> mean = summary.mean();
    return MapImages.inColours(
        result(suffix, Planes.split(pixels, mean.dimension(0), mean.dimension(1))));
  }

  private ImagePlus map(PosteriorMap map, RandomAccessibleInterval<FloatType> pixels) {
    String suffix = MapImages.suffix(map);
    return map.showsIntensities()
        ? intensities(suffix, pixels)
        : MapImages.inColours(result(suffix, pixels));
  }

  /** An image in the measurement's units, in its colours. */
  private ImagePlus intensities(String suffix, RandomAccessibleInterval<FloatType> pixels) {
    return inColours(
        result(suffix, pixels), colours(), summary.scale().black(), summary.scale().white());
  }

  private LUT colours() {
    return measured == null ? LookUpTables.gray() : measured.getProcessor().getLut();
  }

  private ImagePlus inColours(ImagePlus image, LUT lut, double low, double high) {
    int channels = summary.channels();
    return channels == 1
        ? ResultImages.withDisplay(image, lut, low, high)
        : ResultImages.withChannels(image, channels, low, high);
  }

  private ImagePlus result(String suffix, RandomAccessibleInterval<FloatType> pixels) {
    Calibration calibration =
        sameField ? ResultImages.sameField(measured, pixels) : new Calibration();
    ImagePlus result = ResultImages.create(title + suffix, pixels, calibration, info);
    if (measured != null) {
      ResultImages.withNotes(result, measured);
    }
    return sameField ? ResultImages.withOverlay(result, measured) : result;
  }
}
