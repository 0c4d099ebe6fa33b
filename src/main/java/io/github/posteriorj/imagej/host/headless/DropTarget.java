package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;
import java.awt.dnd.DropTargetListener;

/** Stands for {@link java.awt.dnd.DropTarget}, which can't be made without a display. */
public class DropTarget {

  /** Does nothing, as nothing can be dropped. */
  public DropTarget(Component component, DropTargetListener listener) {}
}
