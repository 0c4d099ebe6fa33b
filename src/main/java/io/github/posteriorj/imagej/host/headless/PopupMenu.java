package io.github.posteriorj.imagej.host.headless;

/** Stands for {@link java.awt.PopupMenu}, which can't be made without a display. */
public class PopupMenu extends Menu {

  /** Makes an empty menu. */
  public PopupMenu(String label) {
    super(label);
  }
}
