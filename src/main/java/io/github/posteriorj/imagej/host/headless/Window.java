package io.github.posteriorj.imagej.host.headless;

import java.awt.Container;
import java.awt.HeadlessException;
import java.awt.event.WindowListener;

/** Stands for {@link java.awt.Window}, which can't be made without a display. */
public class Window extends Container {

  /** Does nothing, as there is nothing on a screen. */
  public void dispose() {}

  /** Does nothing, as there is nothing on a screen. */
  public void toFront() {}

  /** Does nothing, as no window can be opened or closed. */
  public void addWindowListener(WindowListener listener) {}

  /**
   * Refuses to appear.
   *
   * @throws HeadlessException always
   */
  public void pack() {
    throw new HeadlessException("A window needs a display.");
  }
}
