package io.github.posteriorj.imagej.host;

import static io.github.posteriorj.imagej.host.User.all;
import static io.github.posteriorj.imagej.host.User.await;
import static io.github.posteriorj.imagej.host.User.photograph;
import static io.github.posteriorj.imagej.host.User.press;

import ij.IJ;
import ij.ImageJ;
import java.awt.Checkbox;
import java.awt.Component;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.Point;
import java.awt.Toolkit;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.scijava.command.CommandInfo;

/** What {@link DialogSizesIT} does in an ImageJ with a window. */
final class DialogSizesScenario {

  /** A title bar, and a desktop's panel. */
  private static final int BARS = 60;

  private static final String OK = "  OK  ";
  private static final String OTHERS = "All settings...";

  private final File screenshots;
  private final List<String> tooLarge = new ArrayList<>();

  private DialogSizesScenario(File screenshots) {
    this.screenshots = screenshots;
  }

  public static void main(String[] arguments) {
    try {
      new ImageJ();
      MenuEntries.install();
      IJ.newImage(
          "20261126_HeLa_LifeAct-GFP_63x_NA1.4_oil_exp100ms_pos03_t0001.tif",
          "16-bit ramp",
          64,
          64,
          1);
      IJ.newImage("cells.tif", "16-bit ramp", 64, 64, 1);
      DialogSizesScenario scenario = new DialogSizesScenario(new File(arguments[0]));
      for (CommandInfo command : Host.instance().commands()) {
        if (command.getClassName().startsWith("io.github.posteriorj.command.")) {
          scenario.openDialogs(command.getMenuPath().getLeaf().getName());
        }
      }
      User.expect(List.of(), scenario.tooLarge);
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void openDialogs(String command) throws Exception {
    String title = command.replace("...", "");
    IJ.doCommand(command);
    Dialog first = await(() -> shown(title));
    measure(title, first);
    List<Checkbox> others =
        all(first, Checkbox.class).stream().filter(box -> box.getLabel().equals(OTHERS)).toList();
    if (others.isEmpty()) {
      press(first, "Cancel");
      return;
    }
    others.get(0).setState(true);
    press(first, OK);
    Dialog page = await(() -> shown(title));
    while (page.getTitle().matches(".* \\((\\d) of (?!\\1).\\)")) {
      measure(page.getTitle() + ", all settings", page);
      press(page, OK);
      page = await(() -> shown(title));
    }
    measure(page.getTitle() + ", all settings", page);
    press(page, "Cancel");
  }

  /** The dialog of a command, or one of several pages of it. */
  private static Dialog shown(String title) {
    return User.titles().stream()
        .filter(any -> any.matches(Pattern.quote(title) + "( \\(. of .\\))?"))
        .findFirst()
        .map(User::dialog)
        .orElse(null);
  }

  private void measure(String name, Dialog dialog) throws Exception {
    photograph(new File(screenshots, name + ".png"));
    Dimension screen = Toolkit.getDefaultToolkit().getScreenSize();
    Dimension needed = dialog.getPreferredSize();
    if (needed.width > screen.width || needed.height > screen.height - BARS) {
      tooLarge.add(name + ": " + needed.width + " x " + needed.height);
    }
    for (Component component : all(dialog, Component.class)) {
      Point place = component.getLocationOnScreen();
      if (component.isVisible()
          && (place.x + component.getWidth() > screen.width
              || place.y + component.getHeight() > screen.height)) {
        tooLarge.add(name + ": " + component);
      }
    }
  }
}
