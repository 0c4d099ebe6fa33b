package io.github.posteriorj.imagej.host;

import ij.IJ;
import ij.Menus;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextField;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** What a user sees and does in an ImageJ with a window. */
final class User {

  private User() {}

  /** Saves what the screen shows. */
  static void photograph(File file) throws Exception {
    Thread.sleep(500); // until it is painted
    Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    if (!file.getParentFile().isDirectory() && !file.getParentFile().mkdirs()) {
      throw new IOException("No folder for " + file);
    }
    ImageIO.write(new Robot().createScreenCapture(screen), "png", file);
  }

  /** Chooses an entry of a menu. */
  static void choose(MenuItem item) {
    ActionEvent event =
        new ActionEvent(item, ActionEvent.ACTION_PERFORMED, item.getActionCommand());
    EventQueue.invokeLater(() -> IJ.getInstance().actionPerformed(event));
  }

  static List<Menu> menus() {
    List<Menu> menus = new ArrayList<>();
    for (int i = 0; i < Menus.getMenuBar().getMenuCount(); i++) {
      menus.add(Menus.getMenuBar().getMenu(i));
    }
    return menus;
  }

  static Menu find(Menu menu, String label) {
    List<Menu> submenus = new ArrayList<>();
    for (int i = 0; i < menu.getItemCount(); i++) {
      if (menu.getItem(i) instanceof Menu submenu) {
        submenus.add(submenu);
      }
    }
    return find(submenus, label);
  }

  static Menu find(List<Menu> menus, String label) {
    return menus.stream().filter(menu -> menu.getLabel().equals(label)).findFirst().orElseThrow();
  }

  /** Waits for a dialog until it can be answered. */
  static Dialog dialog(String title) {
    return await(
        () ->
            visibleDialogs()
                .filter(dialog -> dialog.getTitle().equals(title) && modalDialogsAreWaitedFor())
                .findFirst()
                .orElse(null));
  }

  /** Tells whether a dialog is there. */
  static boolean isShown(String title) {
    return visibleDialogs().anyMatch(dialog -> dialog.getTitle().equals(title));
  }

  /** The titles of the dialogs that are there. */
  static List<String> titles() {
    return visibleDialogs().map(Dialog::getTitle).toList();
  }

  private static Stream<Dialog> visibleDialogs() {
    return Arrays.stream(Window.getWindows())
        .filter(window -> window instanceof Dialog && window.isVisible())
        .map(Dialog.class::cast);
  }

  /**
   * A modal dialog is visible a moment before the thread that shows it begins to wait for its end.
   * Were it closed in between, that thread would wait for ever.
   */
  private static boolean modalDialogsAreWaitedFor() {
    long waiting =
        Thread.getAllStackTraces().values().stream()
            .flatMap(Arrays::stream)
            .filter(frame -> frame.getClassName().equals("java.awt.WaitDispatchSupport"))
            .filter(frame -> frame.getMethodName().equals("enter"))
            .count();
    return waiting >= visibleDialogs().filter(Dialog::isModal).count();
  }

  static void press(Dialog dialog, String label) {
    Button button =
        all(dialog, Button.class).stream()
            .filter(b -> b.getLabel().equals(label))
            .findFirst()
            .orElseThrow();
    ActionEvent event = new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label);
    EventQueue.invokeLater(
        () -> Arrays.stream(button.getActionListeners()).forEach(l -> l.actionPerformed(event)));
    await(() -> dialog.isVisible() ? null : dialog);
  }

  /** Returns the labels of a dialog from top to bottom, without the buttons. */
  static List<String> texts(Dialog dialog) {
    List<String> texts = new ArrayList<>();
    for (Component component : all(dialog, Component.class)) {
      if (component instanceof Label label) {
        texts.add(label.getText().strip());
      } else if (component instanceof Checkbox checkbox) {
        texts.add(checkbox.getLabel());
      }
    }
    return texts;
  }

  /** The fields of a dialog whose labels begin so. */
  static List<TextField> fieldsBeside(Dialog dialog, String label) {
    List<Component> components = all(dialog, Component.class);
    return IntStream.range(1, components.size())
        .filter(i -> components.get(i) instanceof TextField)
        .filter(
            i ->
                components.get(i - 1) instanceof Label before
                    && before.getText().strip().startsWith(label))
        .mapToObj(i -> (TextField) components.get(i))
        .toList();
  }

  static <C extends Component> List<C> all(Container container, Class<C> type) {
    List<C> found = new ArrayList<>();
    for (Component component : container.getComponents()) {
      if (type.isInstance(component)) {
        found.add(type.cast(component));
      }
      if (component instanceof Container inner) {
        found.addAll(all(inner, type));
      }
    }
    return found;
  }

  /**
   * Waits until there is something; {@link ChildJvm} ends a wait in vain, and tells where it was.
   */
  static <T> T await(Supplier<T> something) {
    while (true) {
      T value = something.get();
      if (value != null) {
        return value;
      }
      IJ.wait(20);
    }
  }

  static void expect(Object expected, Object actual) {
    if (expected == null ? actual != null : !expected.equals(actual)) {
      throw new IllegalStateException("Expected " + expected + " but was " + actual);
    }
  }
}
