package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.imagej.JoinedPlanes;
import io.github.posteriorj.imagej.OutputFolder;
import io.github.posteriorj.imagej.PlaneView;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneByPlane;
import io.github.posteriorj.job.PlaneReport;
import io.github.posteriorj.job.PlaneSink;
import io.github.posteriorj.job.PlaneSource;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.job.RestorationInfo;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.job.Restored;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.ImageSink;
import io.github.posteriorj.sampler.Checkpoints;
import java.awt.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A job on an ImageJ image, from reading its planes to showing what became of them: images of the
 * image's axes, for one plane or many.
 *
 * <p>Planes that are finished are kept, however the run ends.
 */
final class ImageRestoration {

  private final RestorationJob given;
  private final PlaneSource source;
  private final ImagePlus measured;
  private final boolean diagnostics;
  private final Optional<Path> folder;
  private final Map<Place, RestoredPlane> finished = new LinkedHashMap<>();
  private Optional<MeanWindow> look = Optional.empty();
  private Runnable end = () -> {};
  private boolean isWatched;
  private PlaneByPlane work;
  private Restored last;
  private Exception failure;

  /** What is left of a plane. */
  private record RestoredPlane(PlaneReport report, Map<String, ImagePlus> images) {}

  /**
   * A restoration that is not begun.
   *
   * @param source the image's planes
   * @param measured the image; null if there is none
   * @param diagnostics whether images of what the chains say of each pixel are wanted
   * @param folder where each plane's results are written, and looked for from a run before
   */
  ImageRestoration(
      RestorationJob job,
      PlaneSource source,
      ImagePlus measured,
      boolean diagnostics,
      Optional<Path> folder) {
    this.given = job;
    this.source = source;
    this.measured = measured == null ? null : PlaneView.twin(measured);
    this.diagnostics = diagnostics;
    this.folder = folder;
  }

  /**
   * Lets the user look at the mean while it runs, where there are windows.
   *
   * @param endEarly ends the run
   */
  void watch(Runnable endEarly) {
    isWatched = MeanWindow.isPossible();
    end = endEarly;
  }

  /**
   * Restores the planes. A failure after the first of them is kept for {@link #show}.
   *
   * @throws IOException if the prior or a network cannot be used, or results cannot be written; the
   *     message says why
   */
  void run(Resources resources, Progress progress) throws IOException {
    work = PlaneByPlane.of(given, given.seen(source, resources), progress);
    checkColours(resources);
    Optional<OutputFolder> output = Optional.empty();
    if (folder.isPresent()) {
      output = Optional.of(goOnIn(OutputFolder.open(folder.get(), work.job()), resources));
    }
    try {
      work.run(resources, new Sink(output), progress);
      if (output.isPresent()) {
        for (Map.Entry<String, ImagePlus> joined : joined().entrySet()) {
          output.get().writeJoined(joined.getKey(), joined.getValue());
        }
      }
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (finished.isEmpty()) {
        look.ifPresent(MeanWindow::leaveUnfinished);
        throw e;
      }
      failure = e;
    }
  }

  /** Before the work, not after it. */
  private void checkColours(Resources resources) throws IOException {
    int colours = resources.prior(given.prior().name()).card().constants().channels();
    int channels = work.planes().channels().size();
    if (colours > 1 && channels > 1) {
      throw new IllegalArgumentException(
          ("The prior \"%s\" makes images of %d colours, which would be %d for each of the %d"
                  + " channels that are restored. Choose one of them, such as channels=1, or a gray"
                  + " prior.")
              .formatted(given.prior().name(), colours, colours, channels));
    }
  }

  /** What is finished was made by a network: the others are by the same one, or not at all. */
  private OutputFolder goOnIn(OutputFolder output, Resources resources) throws IOException {
    Optional<String> before = output.ranJob(work.planes().places());
    if (before.isPresent()) {
      work = work.boundLike(RestorationJob.read(before.get(), folder.get().toString(), resources));
    }
    return output;
  }

  private final class Sink implements PlaneSink {

    private final Optional<OutputFolder> output;
    private long started = System.nanoTime();

    Sink(Optional<OutputFolder> output) {
      this.output = output;
    }

    @Override
    public boolean has(Place place) throws IOException {
      if (output.isEmpty() || !output.get().has(place)) {
        return false;
      }
      String left = work.planes().count() == 1 ? "" : RestorationResults.SAMPLES;
      Map<String, ImagePlus> images = output.get().read(place, left);
      images.forEach((kind, image) -> image.setTitle(source.title() + "-" + kind));
      keep(new RestoredPlane(output.get().report(place), images));
      return true;
    }

    @Override
    public ImageSink onlooker(Place place) {
      return look(place);
    }

    @Override
    public Checkpoints checkpoints(Place place, String run) throws IOException {
      return output.isEmpty() ? Checkpoints.NONE : output.get().checkpoints(place, run);
    }

    @Override
    public void add(Place place, Restored restored) throws IOException {
      double seconds = (System.nanoTime() - started) / 1e9;
      started = System.nanoTime();
      PlaneReport report = PlaneReport.of(place, restored, seconds);
      Map<String, ImagePlus> images =
          new RestorationResults(restored, source.title(), measured, place).images(diagnostics);
      if (output.isPresent()) {
        output.get().write(report, images);
      }
      boolean areInFiles = output.isPresent() && work.planes().count() > 1;
      if (areInFiles || !JoinedPlanes.hasRoomForMany(work.planes())) {
        images.remove(RestorationResults.SAMPLES);
      }
      work = work.boundLike(restored.job());
      last = restored;
      keep(new RestoredPlane(report, images));
    }
  }

  /** What looks at a plane while it is restored: a window after that of the plane before. */
  private synchronized ImageSink look(Place place) {
    if (!isWatched) {
      return ImageSink.NONE;
    }
    look.ifPresent(MeanWindow::close);
    Optional<ImagePlus> field =
        Optional.ofNullable(measured)
            .filter(image -> given.forwardModel().keepsField() && given.region().isEmpty())
            .map(image -> PlaneView.of(image, place));
    MeanWindow window =
        new MeanWindow(new SamplesSoFar(source.title(), given.samples(), field), end);
    look = Optional.of(window);
    return window;
  }

  private synchronized void keep(RestoredPlane plane) {
    finished.put(plane.report().place(), plane);
  }

  /** What there is, by kinds: of one plane as it is, of several together. */
  private synchronized Map<String, ImagePlus> joined() {
    Map<String, ImagePlus> example = finished.values().iterator().next().images();
    if (work.planes().count() == 1) {
      return example;
    }
    String info =
        ResultImages.notes(
            RestorationInfo.of(
                work.job(), work.planes(), reports(), source.title(), Installation.version()),
            measured);
    JoinedPlanes planes = new JoinedPlanes(work.planes(), measured, work.job().region());
    Map<String, ImagePlus> joined = new LinkedHashMap<>();
    for (String kind : example.keySet()) {
      Map<Place, ImagePlus> ofKind = new LinkedHashMap<>();
      finished.forEach((place, plane) -> ofKind.put(place, plane.images().get(kind)));
      String title = source.title() + "-" + kind + mark();
      joined.put(kind, planes.join(title, info, ofKind));
    }
    return joined;
  }

  /** What the titles of results end in. */
  private String mark() {
    return finished.size() < work.planes().count() ? "-unfinished" : "";
  }

  /** Whether all planes were finished by an earlier run. */
  boolean isAllFromBefore() {
    return last == null;
  }

  /** What the run failed with after its first planes. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /** What there is to tell of the planes that are finished. */
  synchronized List<PlaneReport> reports() {
    return work.planes().places().stream()
        .filter(finished::containsKey)
        .map(place -> finished.get(place).report())
        .toList();
  }

  /**
   * Shows what there is.
   *
   * @throws IOException or a RuntimeException, what the run failed with after its first planes
   */
  synchronized void show() throws IOException {
    if (finished.isEmpty()) {
      look.ifPresent(MeanWindow::leaveUnfinished);
      return;
    }
    Optional<Point> place = look.flatMap(MeanWindow::close);
    Map<String, ImagePlus> images = joined();
    images.values().forEach(ResultImages::show);
    boolean isOnePlane = work.planes().count() == 1;
    if (isOnePlane) {
      place.ifPresent(this::moveMean);
    }
    String table = source.title() + "-diagnostics" + mark();
    if (isOnePlane && last != null) {
      DiagnosticsTable.show(table, last.summary());
    } else {
      DiagnosticsTable.show(table, reports());
    }
    for (PlaneReport report : reports()) {
      String what = isOnePlane ? "" : ", " + report.place();
      report.warnings().forEach(warning -> tell(source.title() + what, warning));
    }
    if (images.containsKey(RestorationResults.SAMPLES)) {
      RestorationInfo.leftOut(reports()).ifPresent(note -> tell(source.title(), note));
    } else {
      tell(source.title(), whereSamplesAre());
    }
    RestorationInfo.unfinished(work.planes(), finished.size())
        .ifPresent(note -> tell(source.title(), note + howToGoOn()));
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  /** The mean is where it was looked at before. */
  private void moveMean(Point place) {
    ImagePlus mean = ResultImages.find(source.title() + "-mean");
    if (mean != null && mean.getWindow() != null) {
      mean.getWindow().setLocation(place);
    }
  }

  private String whereSamplesAre() {
    return folder
        .map(path -> "The samples of each plane are in " + path + ".")
        .orElse(
            "Planes along both Z and T leave no axis for the samples, so that they are not shown."
                + " Give output=[a folder] to have them written to files.");
  }

  private String howToGoOn() {
    return folder
        .map(path -> ". Run the same command again: it goes on with what is in " + path + ".")
        .orElse(". With output=[a folder], the next run could go on where this one was ended.");
  }

  /** SciJava's log would open Fiji's console, in red, over the results. */
  private static void tell(String what, String warning) {
    IJ.log(what + ": " + warning);
    IJ.showStatus(warning);
  }
}
