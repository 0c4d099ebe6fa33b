package io.github.posteriorj.command.evaluate;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.ensemble.Estimate;
import io.github.posteriorj.imagej.BrightObjects;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import io.github.posteriorj.imagej.EstimateRow;
import io.github.posteriorj.imagej.MapImages;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.imagej.ThresholdRule;
import io.github.posteriorj.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Segments every sample by a threshold: an image of each pixel's probability to belong to an
 * object, titled {@code <title>-object-probability}, and the objects' number and areas with their
 * intervals in the Results table.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Posterior Segmentation...", weight = 2)
    },
    description =
        "Segmentation with uncertainty: a threshold on every sample, the probability of each pixel"
            + " to belong to an object, count and area of objects with their intervals.")
public class PosteriorSegmentation extends SamplesCommand<PosteriorSegmentation.Segmented> {

  @Parameter(
      label = "Threshold method",
      description =
          "A method of Image > Adjust > Threshold..., applied to every sample alone, or fixed: the"
              + " threshold below for all. Objects are bright.",
      choices = {
        ThresholdRule.FIXED,
        "Default",
        "Huang",
        "Intermodes",
        "IsoData",
        "IJ_IsoData",
        "Li",
        "MaxEntropy",
        "Mean",
        "MinError",
        "Minimum",
        "Moments",
        "Otsu",
        "Percentile",
        "RenyiEntropy",
        "Shanbhag",
        "Triangle",
        "Yen"
      },
      persist = false)
  private String method = "Otsu";

  @Parameter(
      label = "Fixed threshold",
      description = "For method=fixed: the least intensity of objects.",
      style = DECIMALS,
      persist = false)
  private double threshold = 0;

  @Parameter(
      label = "Smallest object (pixels)",
      description = "Smaller objects are not counted.",
      min = "0",
      persist = false)
  private int smallest = 1;

  @Parameter(
      label = "Count objects at the border",
      description = "Whether objects count that touch the image's border.",
      persist = false)
  private boolean at_border = true;

  @Parameter(
      label = "Level of the intervals",
      description = "Share of the posterior inside the credible intervals; 0.95 needs 39 samples.",
      style = DECIMALS,
      min = "0.01",
      max = "0.999",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private double interval_level = 0.95;

  /**
   * What was found.
   *
   * @param probability of each pixel to belong to an object
   * @param samples for each plane, the objects in each sample
   */
  protected record Segmented(ImagePlus probability, List<List<BrightObjects>> samples) {}

  private ThresholdRule rule;

  @Override
  protected void prepare() throws IOException {
    super.prepare();
    if (!method.equals(ThresholdRule.FIXED) && threshold != 0) {
      throw new IllegalArgumentException(
          "threshold=%s has no effect with method=%s, which finds its own. Leave it out, or write method=fixed."
              .formatted(threshold, method));
    }
    rule =
        method.equals(ThresholdRule.FIXED)
            ? ThresholdRule.fixed(threshold)
            : ThresholdRule.method(method);
  }

  @Override
  protected Segmented compute(Progress progress) {
    List<Plane> planes = samples().planes();
    List<List<BrightObjects>> found = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    int count = samples().count();
    for (Plane plane : planes) {
      List<BrightObjects> objects = new ArrayList<>();
      float[] probability = new float[samples().image().getWidth() * samples().image().getHeight()];
      for (int sample = 0; sample < count; sample++) {
        BrightObjects one = objects(samples().pixels(plane, sample));
        objects.add(one);
        for (int i = 0; i < probability.length; i++) {
          probability[i] += one.above()[i] ? 1f / count : 0;
        }
        progress.advanced(
            "Segmentation", (long) found.size() * count + sample + 1, (long) planes.size() * count);
      }
      found.add(objects);
      probabilities.add(probability);
    }
    ImagePlus image =
        samples()
            .result(
                "-object-probability", probabilities, info().add("Threshold", name()).toString());
    return new Segmented(
        ResultImages.withDisplay(MapImages.inColours(image), image.getProcessor().getLut(), 0, 1),
        found);
  }

  private String name() {
    return method.equals(ThresholdRule.FIXED) ? String.valueOf(threshold) : method;
  }

  private BrightObjects objects(float[] pixels) {
    ImagePlus image = samples().image();
    return BrightObjects.of(
        new FloatProcessor(image.getWidth(), image.getHeight(), pixels),
        rule,
        smallest,
        at_border,
        image.getCalibration());
  }

  @Override
  protected void show(Segmented segmented) {
    ResultImages.show(segmented.probability());
    List<Plane> planes = samples().planes();
    for (int plane = 0; plane < planes.size(); plane++) {
      List<BrightObjects> objects = segmented.samples().get(plane);
      add("objects", planes.get(plane), objects, one -> one.areas().length);
      add("total area", planes.get(plane), objects, BrightObjects::totalArea);
      add("mean area of an object", planes.get(plane), objects, BrightObjects::meanArea);
      add("threshold", planes.get(plane), objects, BrightObjects::threshold);
    }
    EstimateRow.show();
    Estimate.doubt(samples().count(), interval_level)
        .ifPresent(doubt -> IJ.log(samples().title() + ": " + doubt));
  }

  private void add(
      String quantity,
      Plane plane,
      List<BrightObjects> samples,
      ToDoubleFunction<BrightObjects> number) {
    String where = samples().name(plane);
    EstimateRow.begin(
            samples().title() + ": " + quantity + (where.isEmpty() ? "" : ", " + where),
            interval_level)
        .with("", samples.stream().mapToDouble(number).toArray());
  }
}
