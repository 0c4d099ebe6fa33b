package io.github.posteriorj.imagej.host.headless;

import java.awt.Font;

/** Stands for {@link java.awt.MenuComponent}, which can't be made without a display. */
public class MenuComponent {

  /** Does nothing, as nothing is seen. */
  public void setFont(Font font) {}
}
