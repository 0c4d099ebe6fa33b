package io.github.posteriorj.command.evaluate;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.ensemble.Estimate;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import io.github.posteriorj.imagej.EstimateRow;
import io.github.posteriorj.imagej.RegionsOfInterest;
import io.github.posteriorj.progress.Progress;
import java.awt.Point;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Measures regions in every sample: a line of the Results table for each region and channel, with
 * the mean intensity, the integrated intensity and the ratio of two channels, each with its
 * standard deviation and credible interval.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Measure Posterior...", weight = 4)
    },
    description =
        "Measures the regions of the ROI Manager in every sample: mean, integrated intensity and"
            + " ratio of channels, with standard deviation and 95 % interval.")
public class MeasurePosterior extends SamplesCommand<List<double[][]>> {

  @Parameter(
      label = "File of regions (empty: the ROI Manager, or the selection)",
      description = "Regions as the ROI Manager saves them, .zip or .roi. It can be dropped here.",
      persist = false)
  private File rois = new File("");

  @Parameter(
      label = "Channel above in the ratio (0: no ratio)",
      description = "The channel whose mean is divided by that of the other one.",
      min = "0",
      persist = false)
  private int numerator_channel = 0;

  @Parameter(
      label = "Channel below in the ratio (0: no ratio)",
      description = "The channel by whose mean that of the other one is divided.",
      min = "0",
      persist = false)
  private int denominator_channel = 0;

  @Parameter(
      label = "Level of the intervals",
      description = "Share of the posterior inside the credible intervals; 0.95 needs 39 samples.",
      style = DECIMALS,
      min = "0.01",
      max = "0.999",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private double interval_level = 0.95;

  /** A region by its pixels. */
  private record Region(String name, int[] pixels, int other) {}

  private List<Region> regions;

  @Override
  protected void prepare() throws IOException {
    super.prepare();
    ImagePlus image = samples().image();
    checkRatio(image.getNChannels());
    List<Roi> given =
        rois.getPath().isBlank()
            ? RegionsOfInterest.ofManager(image)
            : RegionsOfInterest.of(rois.toPath());
    regions = new ArrayList<>();
    for (Roi roi : given) {
      regions.add(region(roi, image));
    }
  }

  private void checkRatio(int channels) {
    if (numerator_channel == 0 && denominator_channel == 0) {
      return;
    }
    for (int channel : new int[] {numerator_channel, denominator_channel}) {
      if (channel < 1 || channel > channels) {
        throw new IllegalArgumentException(
            "\"%s\" has %d channel(s), but the ratio is of the channels %d and %d. Give two of them in numerator_channel and denominator_channel, or 0 for no ratio."
                .formatted(
                    samples().image().getTitle(),
                    channels,
                    numerator_channel,
                    denominator_channel));
      }
    }
  }

  private Region region(Roi roi, ImagePlus image) {
    int width = image.getWidth();
    List<Integer> inside = new ArrayList<>();
    for (Point point : roi) {
      if (point.x >= 0 && point.y >= 0 && point.x < width && point.y < image.getHeight()) {
        inside.add(point.y * width + point.x);
      }
    }
    String name = roi.getName() == null ? "selection" : roi.getName();
    if (inside.isEmpty()) {
      throw new IllegalArgumentException(
          "The region \"%s\" has no pixel in \"%s\". Leave it out, or choose the samples that it belongs to."
              .formatted(name, image.getTitle()));
    }
    return new Region(
        name, inside.stream().mapToInt(Integer::intValue).toArray(), samples().placeOf(roi));
  }

  /** For each region, the mean in each channel and sample. */
  @Override
  protected List<double[][]> compute(Progress progress) {
    int channels = samples().image().getNChannels();
    int count = samples().count();
    List<double[][]> means = regions.stream().map(region -> new double[channels][count]).toList();
    Map<Plane, List<Integer>> byPlane = new LinkedHashMap<>();
    for (int region = 0; region < regions.size(); region++) {
      for (int channel = 1; channel <= channels; channel++) {
        byPlane
            .computeIfAbsent(
                new Plane(channel, regions.get(region).other()), plane -> new ArrayList<>())
            .add(region);
      }
    }
    long done = 0;
    for (Map.Entry<Plane, List<Integer>> entry : byPlane.entrySet()) {
      for (int sample = 0; sample < count; sample++) {
        float[] pixels = samples().pixels(entry.getKey(), sample);
        for (int region : entry.getValue()) {
          means.get(region)[entry.getKey().channel() - 1][sample] =
              Arrays.stream(regions.get(region).pixels())
                  .mapToDouble(i -> pixels[i])
                  .average()
                  .orElseThrow();
        }
        progress.advanced("Measuring", ++done, (long) byPlane.size() * count);
      }
    }
    return means;
  }

  @Override
  protected void show(List<double[][]> means) {
    for (int region = 0; region < means.size(); region++) {
      double[][] channels = means.get(region);
      for (int channel = 0; channel < channels.length; channel++) {
        add(regions.get(region), channel, channels);
      }
    }
    EstimateRow.show();
    Estimate.doubt(samples().count(), interval_level)
        .ifPresent(doubt -> IJ.log(samples().title() + ": " + doubt));
  }

  private void add(Region region, int channel, double[][] means) {
    ImagePlus image = samples().image();
    Calibration calibration = image.getCalibration();
    double area = region.pixels().length * calibration.pixelWidth * calibration.pixelHeight;
    EstimateRow row =
        EstimateRow.begin(samples().title() + ": " + region.name(), interval_level)
            .with("Plane", samples().name(new Plane(channel + 1, region.other())))
            .with("Area", area)
            .with("", means[channel])
            .with("IntDen ", Arrays.stream(means[channel]).map(mean -> mean * area).toArray());
    if (channel + 1 == numerator_channel) {
      double[] below = means[denominator_channel - 1];
      row.with(
          "Ratio ",
          IntStream.range(0, below.length)
              .mapToDouble(i -> means[channel][i] / below[i])
              .toArray());
    }
  }
}
