package io.github.posteriorj.imagej.host;

import static io.github.posteriorj.imagej.host.User.dialog;
import static io.github.posteriorj.imagej.host.User.press;

import ij.IJ;
import ij.ImageJ;
import ij.gui.Toolbar;
import ij.plugin.MacroInstaller;
import java.awt.EventQueue;
import java.awt.event.MouseEvent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@link ToolSetIT} does in an ImageJ with a window. */
final class ToolSetScenario {

  /** ImageJ's tool bar has seven places for a tool set, and the switch of tool sets. */
  private static final int PLACES = 8;

  /** What a button of the tool set opens, and how it is closed. */
  private record Tool(String dialog, String answer) {}

  private static final List<Tool> TOOLS =
      List.of(
          new Tool("Posterior Deblur", "Cancel"),
          new Tool("Posterior Denoise", "Cancel"),
          new Tool("Restore Folder", "Cancel"),
          new Tool("Restore Again", "Cancel"),
          // There is nothing to show yet, and it says so.
          new Tool("PosteriorJ", "  OK  "));

  private ToolSetScenario() {}

  public static void main(String[] arguments) {
    try {
      new ImageJ();
      MenuEntries.install();
      IJ.newImage("cells", "8-bit ramp", 64, 64, 1);
      new MacroInstaller().install(Files.readString(Path.of(arguments[0])));
      User.photograph(new File(arguments[1]));
      for (int number = 0; number < TOOLS.size(); number++) {
        click(number);
        press(dialog(TOOLS.get(number).dialog()), TOOLS.get(number).answer());
      }
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Presses the mouse on a button of the tool bar, counted from the first of the tool set. */
  private static void click(int number) {
    Toolbar toolbar = Toolbar.getInstance();
    int size = Toolbar.getButtonSize();
    int x = toolbar.getWidth() - (PLACES - number) * size + size / 2;
    MouseEvent pressed =
        new MouseEvent(
            toolbar,
            MouseEvent.MOUSE_PRESSED,
            System.currentTimeMillis(),
            MouseEvent.BUTTON1_DOWN_MASK,
            x,
            size / 2,
            1,
            false,
            MouseEvent.BUTTON1);
    EventQueue.invokeLater(() -> toolbar.dispatchEvent(pressed));
  }
}
