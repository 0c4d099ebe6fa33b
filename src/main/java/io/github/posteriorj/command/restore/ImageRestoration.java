package io.github.posteriorj.command.restore;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.imagej.JoinedPlanes;
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
import java.awt.Point;
import java.io.IOException;
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
  private final Map<Place, RestoredPlane> finished = new LinkedHashMap<>();
  private Optional<MeanWindow> look = Optional.empty();
  private Runnable end = () -> {};
  private boolean isWatched;
  private PlaneByPlane work;
  private Restored first;
  private Exception failure;

  /** What is left of a plane. */
  private record RestoredPlane(PlaneReport report, List<ImagePlus> images) {}

  /**
   * A restoration that is not begun.
   *
   * @param source the image's planes
   * @param measured the image; null if there is none
   * @param diagnostics whether images of what the chains say of each pixel are wanted
   */
  ImageRestoration(
      RestorationJob job, PlaneSource source, ImagePlus measured, boolean diagnostics) {
    this.given = job;
    this.source = source;
    this.measured = measured;
    this.diagnostics = diagnostics;
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
   * @throws IOException if the prior or a network cannot be used; the message says why
   */
  void run(Resources resources, Progress progress) throws IOException {
    work = PlaneByPlane.of(given, source, progress);
    try {
      work.run(resources, new Sink(), progress);
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

  private final class Sink implements PlaneSink {

    private long started = System.nanoTime();

    @Override
    public boolean has(Place place) {
      return false;
    }

    @Override
    public ImageSink onlooker(Place place) {
      return look(place);
    }

    @Override
    public void add(Place place, Restored restored) {
      double seconds = (System.nanoTime() - started) / 1e9;
      started = System.nanoTime();
      keep(place, restored, PlaneReport.of(place, restored, seconds));
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
            .filter(image -> given.forwardModel().keepsField())
            .map(image -> PlaneView.of(image, place));
    MeanWindow window =
        new MeanWindow(new SamplesSoFar(source.title(), given.samples(), field), end);
    look = Optional.of(window);
    return window;
  }

  private synchronized void keep(Place place, Restored restored, PlaneReport report) {
    first = first == null ? restored : first;
    ImagePlus plane = measured == null ? null : PlaneView.of(measured, place);
    RestorationResults results = new RestorationResults(restored, source.title(), plane);
    List<ImagePlus> images =
        JoinedPlanes.hasRoomForMany(work.planes())
            ? results.images(diagnostics)
            : results.imagesOfOneSlice(diagnostics);
    finished.put(place, new RestoredPlane(report, images));
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
    if (work.planes().count() == 1) {
      showPlane(finished.values().iterator().next());
      place.ifPresent(this::moveMean);
    } else {
      showPlanes();
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  private void showPlane(RestoredPlane plane) {
    plane.images().forEach(ResultImages::show);
    DiagnosticsTable.show(source.title() + "-diagnostics", first.summary());
    plane.report().warnings().forEach(warning -> tell(source.title(), warning));
  }

  /** The mean is where it was looked at before. */
  private void moveMean(Point place) {
    ImagePlus mean = ResultImages.find(source.title() + "-mean");
    if (mean != null && mean.getWindow() != null) {
      mean.getWindow().setLocation(place);
    }
  }

  private void showPlanes() {
    List<PlaneReport> reports =
        work.planes().places().stream()
            .filter(finished::containsKey)
            .map(place -> finished.get(place).report())
            .toList();
    String info =
        ResultImages.notes(
            RestorationInfo.of(
                work.job().boundLike(first.job()),
                work.planes(),
                reports,
                source.title(),
                Installation.version()),
            measured);
    JoinedPlanes joined = new JoinedPlanes(work.planes(), measured);
    String mark = reports.size() < work.planes().count() ? "-unfinished" : "";
    int kinds = finished.values().iterator().next().images().size();
    for (int kind = 0; kind < kinds; kind++) {
      Map<Place, ImagePlus> ofKind = new LinkedHashMap<>();
      for (Map.Entry<Place, RestoredPlane> plane : finished.entrySet()) {
        ofKind.put(plane.getKey(), plane.getValue().images().get(kind));
      }
      String title = ofKind.values().iterator().next().getTitle() + mark;
      joined.join(title, info, ofKind).ifPresent(ResultImages::show);
    }
    DiagnosticsTable.show(source.title() + "-diagnostics", reports);
    for (PlaneReport report : reports) {
      for (String warning : report.warnings()) {
        tell("%s, %s".formatted(source.title(), report.place()), warning);
      }
    }
  }

  /** SciJava's log would open Fiji's console, in red, over the results. */
  private static void tell(String what, String warning) {
    IJ.log(what + ": " + warning);
    IJ.showStatus(warning);
  }
}
