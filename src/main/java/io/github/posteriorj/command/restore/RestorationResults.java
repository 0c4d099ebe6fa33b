package io.github.posteriorj.command.restore;

import ij.IJ;
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
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The images and the table that a restoration leaves: {@code <title>-samples}, {@code
 * <title>-mean}, {@code <title>-variance}, the maps, and {@code <title>-diagnostics}.
 */
final class RestorationResults {

  private final PosteriorSummary summary;
  private final String title;
  private final ImagePlus measured;
  private final boolean sameField;
  private final String info;

  /**
   * Results to show.
   *
   * @param restored what a job has made
   * @param title what their titles begin with
   * @param measured the measurement's image; null if there was none
   */
  RestorationResults(Restored restored, String title, ImagePlus measured) {
    this.summary = restored.summary();
    this.title = title;
    this.measured = measured;
    this.sameField = measured != null && restored.job().forwardModel().keepsField();
    this.info = RestorationInfo.of(restored, title, Installation.version());
  }

  /** Shows them; older ones of the same titles are renamed. */
  void show() {
    double black = summary.scale().black();
    double white = summary.scale().white();
    ImagePlus samples = result("-samples", summary.samples());
    ImagePlus mean = result("-mean", summary.mean());
    ImagePlus variance = result("-variance", summary.variance());
    ResultImages.show(inColours(samples, LookUpTables.gray(), black, white));
    ResultImages.show(inColours(mean, LookUpTables.gray(), black, white));
    double highest = variance.getStatistics().max;
    ResultImages.show(inColours(variance, LookUpTables.inferno(), 0, highest));
    summary.maps().forEach(this::showMap);
    DiagnosticsTable.show(title + "-diagnostics", summary);
  }

  private void showMap(PosteriorMap map, RandomAccessibleInterval<FloatType> pixels) {
    ImagePlus shown = result(MapImages.suffix(map), pixels);
    ResultImages.show(
        map.showsIntensities()
            ? inColours(
                shown, LookUpTables.gray(), summary.scale().black(), summary.scale().white())
            : MapImages.inColours(shown));
  }

  /** Tells in the Log window and the status bar what a user should know of them. */
  void tellWarnings() {
    for (String warning : summary.warnings()) {
      // SciJava's log would open Fiji's console, in red, over the results.
      IJ.log(title + ": " + warning);
      IJ.showStatus(warning);
    }
  }

  /** Shows what the chains say of each pixel, too. */
  void showDiagnosticImages() {
    PixelDiagnostics pixels = summary.diagnostics().pixels();
    showDiagnosticImage("-r-hat", pixels.rHat());
    showDiagnosticImage("-ess", pixels.bulkSampleSize());
    showDiagnosticImage("-mcse", pixels.meanError());
  }

  private void showDiagnosticImage(String suffix, float[] pixels) {
    RandomAccessibleInterval<FloatType> mean = summary.mean();
    ImagePlus shown = result(suffix, Planes.split(pixels, mean.dimension(0), mean.dimension(1)));
    ResultImages.show(MapImages.inColours(shown));
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
