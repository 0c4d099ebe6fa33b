package io.github.posteriorj.command.restore;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.restoration.RestoredImage;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.text.Info;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The samples of a plane that a run has drawn until now, and images of them. */
final class SamplesSoFar {

  private static final String UNFINISHED = "-unfinished";

  private final String title;
  private final int wanted;
  private final Optional<ImagePlus> field;
  private final List<float[]> samples = new ArrayList<>();
  private OnlineMoments moments;
  private ImageSize size;

  /**
   * None yet.
   *
   * @param title of the measurement
   * @param wanted how many are to be drawn
   * @param field an image of the same field of view as the samples, if there is one
   */
  SamplesSoFar(String title, int wanted, Optional<ImagePlus> field) {
    this.title = title;
    this.wanted = wanted;
    this.field = field;
  }

  void add(RestoredImage image) {
    if (moments == null) {
      size = image.size();
      moments = new OnlineMoments(image.intensities().length);
    }
    samples.add(image.intensities());
    moments.add(image.intensities());
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  /** The measurement's title. */
  String title() {
    return title;
  }

  /** How far it is, for people. */
  String progress() {
    return "%d of %d samples".formatted(samples.size(), wanted);
  }

  /** The mean of each channel. */
  List<float[]> means() {
    return planes(moments.mean());
  }

  /** The mean as an image. */
  ImagePlus mean() {
    return gray("-mean", means());
  }

  /** Samples, mean and, of two samples or more, variance, marked as what an ended run has left. */
  List<ImagePlus> unfinished() {
    List<ImagePlus> images = new ArrayList<>();
    images.add(
        gray(
            "-samples" + UNFINISHED,
            samples.stream().flatMap(sample -> planes(sample).stream()).toList()));
    images.add(gray("-mean" + UNFINISHED, means()));
    if (samples.size() > 1) {
      ImagePlus variance = image("-variance" + UNFINISHED, planes(moments.variance()));
      variance.setLut(LookUpTables.inferno());
      images.add(variance);
    }
    return images;
  }

  private List<float[]> planes(float[] image) {
    List<float[]> planes = new ArrayList<>();
    for (int start = 0; start < image.length; start += size.pixelsOfAPlane()) {
      float[] plane = new float[size.pixelsOfAPlane()];
      System.arraycopy(image, start, plane, 0, plane.length);
      planes.add(plane);
    }
    return planes;
  }

  private ImagePlus gray(String suffix, List<float[]> planes) {
    ImagePlus image = image(suffix, planes);
    return size.channels() == 1
        ? image
        : ResultImages.withChannels(
            image, size.channels(), image.getDisplayRangeMin(), image.getDisplayRangeMax());
  }

  private ImagePlus image(String suffix, List<float[]> planes) {
    var pixels =
        planes.size() == 1
            ? Planes.of(planes.get(0), size.width(), size.height())
            : Planes.stack(planes, size.width(), size.height());
    Info info =
        new Info()
            .add("Made by", "PosteriorJ " + Installation.version())
            .add("Measurement", title)
            .add("Unfinished", progress() + " were drawn");
    return ResultImages.create(
        title + suffix,
        pixels,
        field.map(image -> ResultImages.sameField(image, pixels)).orElseGet(Calibration::new),
        info.toString());
  }
}
