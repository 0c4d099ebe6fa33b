package io.github.posteriorj.imagej.host.headless;

import ij.Macro;

/** Stands for {@link java.awt.Dialog}, which can't be made without a display. */
public class Dialog extends Window {

  private final String title;

  /** Makes a dialog that can be filled, but not shown. */
  public Dialog(Frame owner, String title, boolean modal) {
    this.title = title;
  }

  /** Returns the title. */
  public String getTitle() {
    return title;
  }

  /** Does nothing, as there is nothing on a screen. */
  public void setModal(boolean modal) {}

  /**
   * Refuses to appear, and says so: many of ImageJ's commands would swallow any other sign.
   *
   * @throws RuntimeException ImageJ's "Macro canceled", always
   */
  @Override
  public void pack() {
    System.out.println(
        String.format(
            "The dialog \"%s\" needs a display. Without one, give the command all its options:"
                + " run(\"command\", \"options\").",
            title));
    throw new RuntimeException(Macro.MACRO_CANCELED);
  }
}
