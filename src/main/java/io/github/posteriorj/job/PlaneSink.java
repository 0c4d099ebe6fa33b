package io.github.posteriorj.job;

import io.github.posteriorj.restoration.ImageSink;
import io.github.posteriorj.sampler.Checkpoints;
import java.io.IOException;

/** Takes the planes of an image when they are restored. */
public interface PlaneSink {

  /**
   * Whether it has got a plane from before, so that it need not be restored again.
   *
   * @throws IOException if that cannot be told; the message says why
   */
  boolean has(Place place) throws IOException;

  /** What looks at the images of a plane as they are drawn. */
  default ImageSink onlooker(Place place) {
    return ImageSink.NONE;
  }

  /**
   * Where the states of a plane's run are kept, so that it can go on after the program has ended.
   *
   * @param run all that determines the run's states; those of other runs are thrown away
   * @throws IOException if they cannot be kept; the message says why
   */
  default Checkpoints checkpoints(Place place, String run) throws IOException {
    return Checkpoints.NONE;
  }

  /**
   * Takes a plane.
   *
   * @throws IOException if it cannot be kept; the message says why
   */
  void add(Place place, Restored restored) throws IOException;
}
