package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.command.restore.FolderReport.Status;
import io.github.posteriorj.imagej.ImageFiles;
import io.github.posteriorj.imagej.ImagePlanes;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.OutputFolder;
import io.github.posteriorj.imagej.input.MacroInputs;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.progress.Progress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.scijava.InstantiableException;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/**
 * Restores all images of a folder by one command or job: what is done already is left out, a file
 * that fails does not end the run, and a report tells what became of each.
 */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Restore Folder...", weight = 3.2)
    },
    description =
        "Batch: restores all images of a folder by any restore command, goes on where it was"
            + " ended, and writes a report.")
public class RestoreFolder extends BackgroundCommand<FolderReport> {

  private static final String REPORT = "report.csv";

  /** Inputs of a command that each file has its own values of. */
  private static final Set<String> OF_EACH_FILE = Set.of(InputPlane.IMAGE, "output");

  @Parameter private CommandService commands;

  @Parameter(
      label = "Folder of images",
      description = "Where the images to restore are; folders in it are left out.",
      style = FileWidget.DIRECTORY_STYLE,
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE))
  private File input = new File("");

  @Parameter(
      label = "Names of the images",
      description =
          "Which files are images, with * for any letters and ? for one: several patterns with"
              + " spaces between them. Upper and lower case are the same.",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE))
  private String filter = "*.tif *.tiff *.png";

  @Parameter(
      label = "Recorded command",
      description =
          "A restore command as the Recorder writes it, such as run('Posterior Deblur...',"
              + " 'psf_sigma=2'). What it says of image and output is left out.",
      persist = false)
  private String command = "";

  @Parameter(
      label = "Or the file of a job",
      description =
          "A text file (.yaml) with a job, as each result's Info and each output folder hold it, in"
              + " place of a command.",
      persist = false)
  private File job = new File("");

  @Parameter(
      label = "Folder for the results",
      description =
          "Each image gets a folder of its own in it, named as its file. The report is "
              + REPORT
              + ".",
      style = FileWidget.DIRECTORY_STYLE,
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private File output = new File("");

  @Parameter(
      label = Consent.LABEL,
      description = Consent.DESCRIPTION,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.PRIOR))
  private boolean trust = false;

  private List<Path> files;
  private Restorer restorer;
  private Consent consent;

  /** Makes the restoration of an image. */
  private interface Restorer {
    ImageRestoration of(ImagePlus image, Path output) throws IOException;
  }

  @Override
  protected boolean needsImage() {
    return false;
  }

  @Override
  protected void prepare() throws IOException {
    checkIsGiven(input, "input", "the folder of the images");
    checkIsGiven(output, "output", "the folder for the results");
    files = ImageFiles.of(input.toPath(), filter);
    if (Files.exists(output.toPath()) && Files.isSameFile(input.toPath(), output.toPath())) {
      throw new IllegalArgumentException(
          "Choose another folder for the results: in the same one they would be taken for images.");
    }
    consent = new Consent(trust);
    boolean isJob = !job.getPath().isBlank();
    if (isJob == !command.isBlank()) {
      throw new IllegalArgumentException(
          "Give either a recorded command (command=[...]) or the file of a job (job=[...]).");
    }
    restorer = isJob ? ofJob() : ofCommand();
  }

  private Restorer ofJob() throws IOException {
    RestorationJob read =
        RestorationJob.read(
            Files.readString(job.toPath()), job.toString(), new InstalledResources(consent));
    return (image, folder) ->
        new ImageRestoration(
            read,
            ImagePlanes.of(image, read.forwardModel().takesGaps()),
            image,
            false,
            Optional.of(folder));
  }

  private Restorer ofCommand() {
    RecordedLine line = RecordedLine.parse(command);
    CommandInfo info =
        commands.getCommands().stream()
            .filter(known -> known.getMenuPath().getLeaf() != null)
            .filter(known -> known.getMenuPath().getLeaf().getName().equals(line.command()))
            .filter(known -> isRestoring(known))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"%s\" is no restore command. Use one of PosteriorJ > Restore, such as Posterior Deblur..."
                            .formatted(line.command())));
    boolean trusted = (boolean) moduleOf(info, line).getInput("trust");
    consent = new Consent(trust || trusted);
    return (image, folder) -> restoring(info, line).restorationOf(image, folder);
  }

  private static boolean isRestoring(CommandInfo command) {
    try {
      return RestoreCommand.class.isAssignableFrom(command.loadClass());
    } catch (InstantiableException e) {
      return false;
    }
  }

  /** A command, with the inputs that a line gives it. */
  private Module moduleOf(CommandInfo info, RecordedLine line) {
    Module module = moduleService.createModule(info);
    MacroInputs.read(module, line.options(), OF_EACH_FILE).forEach(module::setInput);
    return module;
  }

  private RestoreCommand restoring(CommandInfo info, RecordedLine line) {
    return (RestoreCommand) moduleOf(info, line).getDelegateObject();
  }

  @Override
  protected FolderReport compute(Progress progress) throws IOException {
    OutputFolder.create(output.toPath());
    FolderReport report = new FolderReport(output.toPath().resolve(REPORT));
    for (int i = 0; i < files.size(); i++) {
      restore(files.get(i), report, progress.part("File", i, files.size()));
    }
    return report;
  }

  private void restore(Path file, FolderReport report, Progress progress) throws IOException {
    String name = file.getFileName().toString();
    try {
      ImagePlus image = ImageFiles.open(file);
      ImageRestoration restoration = restorer.of(image, output.toPath().resolve(name));
      restoration.run(new InstalledResources(consent), progress);
      Status status = restoration.isAllFromBefore() ? Status.DONE_BEFORE : Status.RESTORED;
      report.add(name, status, restoration.reports());
      restoration.failure().ifPresent(failure -> failed(name, failure, report));
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      failed(name, e, report);
    }
  }

  private void failed(String name, Exception failure, FolderReport report) {
    try {
      report.addFailure(name, describe(failure));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void show(FolderReport report) {
    long failed = report.count(Status.FAILED);
    IJ.log(
        "%d image(s) restored, %d done before, %d failed: see %s"
            .formatted(
                report.count(Status.RESTORED),
                report.count(Status.DONE_BEFORE),
                failed,
                output.toPath().resolve(REPORT)));
    if (failed > 0) {
      throw new IllegalStateException(
          "%d image(s) could not be restored:%s".formatted(failed, report.failures()));
    }
  }
}
