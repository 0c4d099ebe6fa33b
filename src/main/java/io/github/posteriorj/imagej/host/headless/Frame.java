package io.github.posteriorj.imagej.host.headless;

/** Stands for {@link java.awt.Frame}, which can't be made without a display. */
public class Frame extends Window {

  private String title;

  /** Makes a frame without a title. */
  public Frame() {
    this("");
  }

  /** Makes a frame with a title. */
  public Frame(String title) {
    this.title = title;
  }

  /** Returns the title. */
  public String getTitle() {
    return title;
  }

  /** Changes the title. */
  public void setTitle(String title) {
    this.title = title;
  }

  /** Does nothing, as there is nothing on a screen. */
  public void setMenuBar(MenuBar menus) {}
}
