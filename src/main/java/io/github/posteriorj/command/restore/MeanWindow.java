package io.github.posteriorj.command.restore;

import ij.CompositeImage;
import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.restoration.ImageSink;
import io.github.posteriorj.restoration.RestoredImage;
import java.awt.Point;
import java.util.List;
import java.util.Optional;

/**
 * The mean of a plane's samples in a window that opens with the first of them and improves in place
 * while more are drawn. Closing it ends the run. What an ended run has drawn is kept, marked as
 * unfinished.
 */
final class MeanWindow implements ImageSink, ImageListener {

  private static final long NANOSECONDS_BETWEEN_PAINTINGS = 1_000_000_000L;

  private final SamplesSoFar drawn;
  private final Runnable end;
  private volatile ImagePlus shown;
  private volatile boolean isOver;
  private long painted;

  /**
   * A window that opens with the first sample.
   *
   * @param drawn no samples yet
   * @param end ends the run
   */
  MeanWindow(SamplesSoFar drawn, Runnable end) {
    this.drawn = drawn;
    this.end = end;
    ImagePlus.addImageListener(this);
  }

  /** Whether somebody can look: neither without windows nor in batch mode. */
  static boolean isPossible() {
    return IJ.getInstance() != null && !Interpreter.isBatchMode();
  }

  @Override
  public synchronized void add(RestoredImage image) {
    if (isOver) {
      return; // The last step of a run that was ended.
    }
    drawn.add(image);
    long now = System.nanoTime();
    if (shown == null) {
      ImagePlus mean = drawn.mean();
      mean.show();
      shown = mean;
    } else if (now - painted < NANOSECONDS_BETWEEN_PAINTINGS) {
      return;
    }
    painted = now;
    paint();
  }

  private void paint() {
    if (shown.getWindow() == null) {
      return; // The user has closed it, and the run is about to end.
    }
    List<float[]> means = drawn.means();
    for (int channel = 0; channel < means.size(); channel++) {
      float[] pixels = (float[]) shown.getStack().getPixels(channel + 1);
      System.arraycopy(means.get(channel), 0, pixels, 0, pixels.length);
    }
    shown.setTitle(drawn.title() + "-mean, " + drawn.progress());
    if (shown instanceof CompositeImage colours) {
      colours.updateAllChannelsAndDraw();
    } else {
      shown.resetDisplayRange();
      shown.updateAndDraw();
    }
  }

  /** Closes it, because the results are there; where it was, if it was open. */
  synchronized Optional<Point> close() {
    isOver = true;
    ImagePlus.removeImageListener(this);
    if (shown == null || shown.getWindow() == null) {
      return Optional.empty();
    }
    Point place = shown.getWindow().getLocation();
    shown.changes = false;
    shown.close();
    return Optional.of(place);
  }

  /** Shows what an ended run has left, and says so. */
  synchronized void leaveUnfinished() {
    Optional<Point> place = close();
    if (drawn.isEmpty()) {
      return;
    }
    for (ImagePlus image : drawn.unfinished()) {
      ResultImages.show(image);
      if (image.getTitle().contains("-mean")) {
        place.ifPresent(image.getWindow()::setLocation);
      }
    }
    IJ.log(
        "%s: the run was ended when %s were drawn. They are kept, marked as unfinished: trust neither their mean nor their spread."
            .formatted(drawn.title(), drawn.progress()));
  }

  @Override
  public void imageClosed(ImagePlus image) {
    if (image == shown && !isOver) {
      end.run();
    }
  }

  @Override
  public void imageOpened(ImagePlus image) {}

  @Override
  public void imageUpdated(ImagePlus image) {}
}
