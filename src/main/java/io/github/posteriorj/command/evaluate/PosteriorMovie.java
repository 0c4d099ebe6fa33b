package io.github.posteriorj.command.evaluate;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.ensemble.SampleTour;
import io.github.posteriorj.imagej.EnsembleImage;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.text.Info;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Makes a movie through samples, smooth and without an end: a stack titled {@code -movie}. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Posterior Movie...", weight = 6)
    },
    description =
        "A smooth movie through samples: what moves is uncertain, what stands still is sure.")
public class PosteriorMovie extends SamplesCommand<ImagePlus> {

  private static final double FRAMES_A_SECOND = 12;

  @Parameter(
      label = "Samples to go through",
      description = "The movie leads through so many of the samples, and back to the first one.",
      min = "1",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private int through = 12;

  @Parameter(
      label = "Frames from a sample to the next",
      description = "1 shows the samples alone; more of them make the movie smooth.",
      min = "1",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private int frames_each = 8;

  @Override
  protected ImagePlus compute(Progress progress) {
    EnsembleImage samples = samples();
    Plane plane = samples.shown();
    ImagePlus image = samples.image();
    OnlineMoments moments = new OnlineMoments(image.getWidth() * image.getHeight());
    List<float[]> visited = new ArrayList<>();
    for (int sample = 0; sample < samples.count(); sample++) {
      float[] pixels = samples.pixels(plane, sample);
      moments.add(pixels);
      if (sample < through) {
        visited.add(pixels);
      }
      progress.advanced("Reading", sample + 1, samples.count());
    }
    SampleTour tour = new SampleTour(visited, moments.mean(), frames_each);
    ImageStack frames = new ImageStack(image.getWidth(), image.getHeight());
    for (int place = 0; place < tour.length(); place++) {
      FloatProcessor frame =
          new FloatProcessor(image.getWidth(), image.getHeight(), tour.image(place));
      frame.setMinAndMax(image.getDisplayRangeMin(), image.getDisplayRangeMax());
      boolean isSample = place % frames_each == 0;
      frames.addSlice(
          isSample ? "sample " + (place / frames_each + 1) : "between samples",
          frame.convertToByteProcessor(true));
      progress.advanced("Posterior movie", place + 1, tour.length());
    }
    return movie(frames, samples.name(plane));
  }

  private ImagePlus movie(ImageStack frames, String plane) {
    ImagePlus movie = new ImagePlus(samples().title() + "-movie", frames);
    movie.setDimensions(1, 1, frames.getSize());
    Calibration calibration = samples().image().getCalibration().copy();
    calibration.disableDensityCalibration();
    calibration.fps = FRAMES_A_SECOND;
    calibration.loop = true;
    movie.setCalibration(calibration);
    Info info = info().add("Frames from a sample to the next", frames_each);
    if (!plane.isEmpty()) {
      info.add("Plane", plane);
    }
    movie.setProperty("Info", info.toString());
    return movie;
  }

  @Override
  protected void show(ImagePlus movie) {
    ResultImages.show(movie);
  }
}
