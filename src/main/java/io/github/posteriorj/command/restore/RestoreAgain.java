package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.ImagePlanes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.input.OpenImages;
import io.github.posteriorj.job.PlaneSource;
import io.github.posteriorj.job.RestorationInfo;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.progress.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Runs the job again that a result of a restoration holds in its Info: the same images come out, on
 * a CPU to the bit.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore Again...", weight = 3.5)
    },
    description =
        "Runs a restoration again from any of its results, as it is written in their Info: the same"
            + " deconvolution, denoising or super-resolution, with the same samples.")
public class RestoreAgain extends BackgroundCommand<ImageRestoration> {

  @Parameter(
      label = "Result",
      description = "Any result of the restoration: its samples, mean, variance or diagnostics.",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(
      label = "File of a result or a job (empty: the image above)",
      description =
          "A TIFF file of a result, or a text file (.yaml) with a job as it stands in the Info.",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE))
  private File file = new File("");

  @Parameter(
      label = "Measurement",
      description =
          "The image to restore. None: the open image that was restored then, found by its pixels.",
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = NONE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String measurement = NONE;

  @Parameter(
      label = Consent.LABEL,
      description = Consent.DESCRIPTION,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private boolean trust = false;

  private InstalledResources resources;
  private RestorationJob job;
  private ImageRestoration restoration;

  /** A file will do. */
  @Override
  protected boolean needsImage() {
    return false;
  }

  @Override
  protected void prepare() throws IOException {
    resources = new InstalledResources(new Consent(trust));
    job = file.getPath().isBlank() ? jobOfImage() : jobOfFile(file.toPath());
    Optional<ImagePlus> given = imageOf("measurement");
    ImagePlus measured = given.isPresent() ? given.get() : measuredThen();
    PlaneSource planes =
        measured == null
            ? PlaneSource.nothing(job.forwardModel().toString())
            : ImagePlanes.of(measured, job.forwardModel().takesGaps());
    restoration = new ImageRestoration(job, planes, measured, false, Optional.empty());
    restoration.watch(this::endEarly);
  }

  private RestorationJob jobOfImage() throws IOException {
    ImagePlus result = imageOf(InputPlane.IMAGE).orElse(null);
    InputPlane.checkIsThere(result, InputPlane.IMAGE);
    return jobOf(result, "\"" + result.getTitle() + "\"");
  }

  private RestorationJob jobOfFile(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("There is no file " + path + ".");
    }
    if (path.toString().matches("(?i).*\\.ya?ml")) {
      return RestorationJob.read(Files.readString(path), path.toString(), resources);
    }
    ImagePlus result = IJ.openImage(path.toString());
    if (result == null) {
      throw new IOException(path + " is no image that ImageJ can open.");
    }
    return jobOf(result, path.toString());
  }

  private RestorationJob jobOf(ImagePlus result, String source) throws IOException {
    String text =
        Optional.ofNullable(result.getInfoProperty())
            .flatMap(RestorationInfo::job)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        source
                            + " tells of no restoration (Image > Show Info...). Choose samples,"
                            + " mean or variance that a command of PosteriorJ > Restore has"
                            + " made."));
    return RestorationJob.read(text, "The job in " + source, resources);
  }

  /** The measurement that was restored then; null if nothing was measured. */
  private ImagePlus measuredThen() throws IOException {
    if (job.measurement().isEmpty()) {
      return null;
    }
    for (ImagePlus image : OpenImages.all()) {
      if (job.isFor(job.seen(ImagePlanes.of(image, true), resources))) {
        return image;
      }
    }
    throw new IllegalArgumentException(
        ("The image that was restored, \"%s\", is not open as it was then. Open it first, or choose"
                + " an image in measurement=[...].")
            .formatted(job.measurement().get().title()));
  }

  @Override
  protected ImageRestoration compute(Progress progress) throws IOException {
    restoration.run(resources, progress);
    return restoration;
  }

  @Override
  protected void show(ImageRestoration done) throws IOException {
    done.show();
  }

  /** Planes that were finished. */
  @Override
  protected void showPartial() throws IOException {
    restoration.show();
  }
}
