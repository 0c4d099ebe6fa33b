package io.github.posteriorj.command.evaluate;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.benchmark.BenchmarkConfiguration;
import io.github.posteriorj.benchmark.BenchmarkReport;
import io.github.posteriorj.benchmark.BenchmarkRun;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Consent;
import io.github.posteriorj.command.InstalledResources;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.ImageFiles;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.progress.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Compares methods on simulated measurements of sharp images, as a file says. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Benchmark...", weight = 8)
    },
    description =
        "Compares methods on simulated measurements of sharp images, as a file says: fidelity,"
            + " calibration and cost as a table. Goes on where it was ended.")
public class RunBenchmark extends BackgroundCommand<BenchmarkReport> {

  @Parameter(
      label = "Configuration",
      description =
          "A text file (.yaml) that says which images, operators, methods and prior;"
              + " docs/methods.md tells its keys.",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE))
  private File configuration = new File("");

  @Parameter(
      label = "Folder for the results",
      description =
          "Gets cells.csv, a row for each image, operator and method, tables.md, their means, and"
              + " plots. Cells that it holds are not run again.",
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

  private InstalledResources resources;
  private BenchmarkRun run;

  @Override
  protected boolean needsImage() {
    return false;
  }

  @Override
  protected void prepare() throws IOException {
    checkIsGiven(configuration, "configuration", "the file of the benchmark");
    checkIsGiven(output, "output", "the folder for the results");
    resources = new InstalledResources(new Consent(trust));
    Path file = configuration.toPath();
    BenchmarkConfiguration read = BenchmarkConfiguration.read(file, resources);
    List<NamedPlane> images = new ArrayList<>();
    for (Path path : ImageFiles.of(read.imageFolder(file), read.patterns())) {
      ImagePlus image = ImageFiles.open(path);
      images.add(
          new NamedPlane(
              path.getFileName().toString(),
              image.getWidth(),
              image.getHeight(),
              Planes.pixels(InputPlane.read(image))));
    }
    run = BenchmarkRun.of(read, read.tunedSettings(file), images);
  }

  @Override
  protected BenchmarkReport compute(Progress progress) throws IOException {
    return run.into(output.toPath(), resources, progress);
  }

  @Override
  protected void show(BenchmarkReport report) {
    IJ.log(
        "%d cell(s) run, %d done before, %d of all without samples: see %s"
            .formatted(report.run(), report.before(), report.without(), output));
  }
}
