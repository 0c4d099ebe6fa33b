package io.github.posteriorj.job;

import io.github.posteriorj.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job on an image of one plane or many: each is restored on its own, with a seed of its own, so
 * that it comes out the same alone and among others.
 *
 * <pre>{@code
 * PlaneByPlane work = PlaneByPlane.of(job, image, Progress.NONE);
 * work.run(resources, sink, Progress.NONE);
 * }</pre>
 */
public final class PlaneByPlane {

  private final RestorationJob job;
  private final PlaneSource source;
  private final ChosenPlanes chosen;
  private final Map<Place, String> hashes;

  private PlaneByPlane(
      RestorationJob job, PlaneSource source, ChosenPlanes chosen, Map<Place, String> hashes) {
    this.job = job;
    this.source = source;
    this.chosen = chosen;
    this.hashes = hashes;
  }

  /**
   * Reads each plane that the job restores once, so that none that is no measurement is found after
   * hours.
   *
   * @throws IllegalArgumentException if a plane is none, or the image has not got the planes that
   *     were chosen; the message says what to do
   * @throws java.util.concurrent.CancellationException if the listener ends it
   */
  public static PlaneByPlane of(RestorationJob job, PlaneSource source, Progress listener) {
    ChosenPlanes chosen = job.planesOf(source.axes());
    Map<Place, String> hashes = new LinkedHashMap<>();
    boolean isThere = true;
    for (Place place : chosen.places()) {
      MeasuredPlane plane = source.plane(place);
      isThere &= PlaneReference.to(plane).isPresent();
      hashes.put(place, plane.sha256());
      listener.advanced("Reading", hashes.size(), chosen.count());
    }
    RestorationJob bound =
        isThere
            ? job.boundTo(PlaneReference.to(source.title(), List.copyOf(hashes.values())))
            : job;
    return new PlaneByPlane(bound, source, chosen, hashes);
  }

  /** The job, for the image that it was given. */
  public RestorationJob job() {
    return job;
  }

  /** The same, with the networks that another run of the job was bound to. */
  public PlaneByPlane boundLike(RestorationJob run) {
    RestorationJob bound = chosen.count() == 1 ? job.boundLike(run) : job.withNetworksOf(run);
    return new PlaneByPlane(bound, source, chosen, hashes);
  }

  /** The planes that are restored. */
  public ChosenPlanes planes() {
    return chosen;
  }

  /**
   * Restores the planes that the sink has not got.
   *
   * @param sink takes each plane when it is finished
   * @param listener hears of the progress, and may end the run; what is finished is in the sink
   *     then
   * @throws IllegalArgumentException if job and image do not fit together, or a network may not
   *     run; the message says what to change
   * @throws IllegalStateException if the image was changed or closed meanwhile
   * @throws IOException if the prior or a network cannot be used, or the sink cannot keep a plane;
   *     the message says why
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   * @throws ArithmeticException if sampling meets numbers that are not finite
   */
  public void run(Resources resources, PlaneSink sink, Progress listener) throws IOException {
    List<Place> due = new ArrayList<>();
    for (Place place : chosen.places()) {
      if (!sink.has(place)) {
        due.add(place);
      }
    }
    for (int i = 0; i < due.size(); i++) {
      Place place = due.get(i);
      Progress ofPlane = due.size() == 1 ? listener : listener.part("Plane", i, due.size());
      sink.add(place, restore(place, resources, sink, ofPlane));
    }
  }

  private Restored restore(Place place, Resources resources, PlaneSink sink, Progress listener)
      throws IOException {
    MeasuredPlane plane = source.plane(place);
    if (!plane.sha256().equals(hashes.get(place))) {
      throw new IllegalStateException(
          "\"%s\" was changed while it was being restored (%s). Start again, and leave it as it is until the end."
              .formatted(source.title(), place));
    }
    RestorationJob alone = job.only(place, chosen);
    Restored restored =
        alone
            .seeded(place.seed(job.seed()))
            .run(
                plane,
                resources,
                sink.onlooker(place),
                run -> sink.checkpoints(place, run),
                listener);
    boolean isWhole = source.axes().equals(ImageAxes.OF_ONE_PLANE);
    return restored.by((isWhole ? job : alone.boundTo(reference(place))).boundLike(restored.job()));
  }

  private PlaneReference reference(Place place) {
    return new PlaneReference(source.title(), hashes.get(place));
  }
}
