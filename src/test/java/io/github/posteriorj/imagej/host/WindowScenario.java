package io.github.posteriorj.imagej.host;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import ij.plugin.frame.Recorder;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
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
import java.awt.event.KeyEvent;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** What {@link WindowIT} does in an ImageJ with a window; exits with 0 when all is as it should. */
final class WindowScenario {

  private static final long PATIENCE = 20_000;

  private WindowScenario() {}

  public static void main(String[] arguments) {
    try {
      new ImageJ();
      MenuEntries.install();
      MenuEntry entry =
          new MenuEntry(
              EverythingCommand.MENU, EverythingCommand.LABEL, EverythingCommand.class.getName());
      MenuEntries.install(entry);
      MenuEntries.install(entry);
      MenuEntries.install(
          new MenuEntry(
              EverythingCommand.MENU, ImagesCommand.LABEL, ImagesCommand.class.getName()));
      IJ.newImage("cells", "8-bit ramp", 64, 64, 1);
      IJ.newImage("beads", "8-bit ramp", 64, 64, 1);

      dialogAsksInOrder(new File(arguments[0]));
      outOfRangeIsAskedAgain();
      escapeCancels();
      recordedLineDoesTheSame();
      macroAsksForNothing();
      severalImagesAreOffered();
      aMissingImageIsSaid();
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void dialogAsksInOrder(File screenshot) throws Exception {
    choose();
    Dialog dialog = dialog("Everything");
    Thread.sleep(500); // until it is painted
    Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    ImageIO.write(new Robot().createScreenCapture(screen), "png", screenshot);
    expect(
        List.of(
            "Sigma:",
            "px",
            "Samples:",
            "Method:",
            "Title:",
            "Folder:",
            "Remembered:",
            "This is a message.",
            "Microscope",
            "Blur of the microscope:",
            "px",
            "Noise",
            "Expert",
            "Mode:"),
        texts(dialog));
    List<TextField> numbers = all(dialog, TextField.class);
    expect("2", numbers.get(0).getText());
    numbers.get(0).setText("3.5");
    all(dialog, Choice.class).get(0).select("exact one");
    all(dialog, Checkbox.class).get(0).setState(true);
    press(dialog, "  OK  ");
    Map<String, String> given = await(EverythingCommand::given);
    expect("3.5", given.get("sigma"));
    expect("exact one", given.get("method"));
    expect("true", given.get("noisy"));
    expect("beads", given.get("image"));
  }

  private static void outOfRangeIsAskedAgain() {
    choose();
    Dialog first = dialog("Everything");
    all(first, TextField.class).get(0).setText("99");
    press(first, "  OK  ");
    Dialog message = dialog("PosteriorJ");
    expect(
        true,
        all(message, Component.class).stream()
            .anyMatch(c -> c.toString().contains("MultiLineLabel")));
    press(message, "  OK  ");
    Dialog second = dialog("Everything");
    expect("99", all(second, TextField.class).get(0).getText());
    all(second, TextField.class).get(0).setText("4");
    press(second, "  OK  ");
    expect("4", await(EverythingCommand::given).get("sigma"));
  }

  private static void escapeCancels() throws InterruptedException {
    choose();
    Dialog dialog = dialog("Everything");
    TextField field = all(dialog, TextField.class).get(0);
    long now = System.currentTimeMillis();
    EventQueue.invokeLater(
        () ->
            field.dispatchEvent(
                new KeyEvent(field, KeyEvent.KEY_PRESSED, now, 0, KeyEvent.VK_ESCAPE, (char) 27)));
    await(() -> dialog.isVisible() ? null : dialog);
    Thread.sleep(500); // a command that ran nonetheless would do so at once
    expect(null, EverythingCommand.given());
  }

  private static void recordedLineDoesTheSame() {
    Recorder recorder = new Recorder();
    choose();
    Dialog dialog = dialog("Everything");
    all(dialog, TextField.class).get(0).setText("5.25");
    all(dialog, TextField.class).get(2).setText("a title");
    press(dialog, "  OK  ");
    Map<String, String> given = await(EverythingCommand::given);
    String macro = await(() -> recorder.getText().contains("5.25") ? recorder.getText() : null);
    expect(false, macro.contains("image="));
    recorder.close();
    EverythingCommand.forget();
    IJ.runMacro(macro);
    expect(given, EverythingCommand.given());
  }

  private static void macroAsksForNothing() {
    EverythingCommand.forget();
    IJ.runMacro("run('Everything...', 'sigma=6');");
    expect("6", EverythingCommand.given().get("sigma"));
  }

  private static void severalImagesAreOffered() {
    ImagesCommand.forget();
    IJ.doCommand(ImagesCommand.LABEL);
    Dialog dialog = dialog("Images");
    List<Choice> choices = all(dialog, Choice.class);
    expect(
        List.of("beads", "beads", "None"), choices.stream().map(Choice::getSelectedItem).toList());
    choices.get(0).select("cells");
    TextField radius = all(dialog, TextField.class).get(0);
    TextField diameter = all(dialog, TextField.class).get(1);
    radius.setText("4");
    await(() -> diameter.getText().equals("8") ? diameter : null);
    press(dialog, "  OK  ");
    expect(List.of("cells", "beads", "", "8"), await(ImagesCommand::given));
  }

  private static void aMissingImageIsSaid() {
    IJ.run("Close All");
    ImagesCommand.forget();
    IJ.doCommand(ImagesCommand.LABEL);
    press(dialog("PosteriorJ"), "  OK  ");
    expect(null, ImagesCommand.given());
  }

  /** Chooses the command from the menu bar, and forgets what it was given before. */
  private static void choose() {
    EverythingCommand.forget();
    Menu menu = find(find(menus(), "Plugins"), "PosteriorJ Test");
    expect(2, menu.getItemCount()); // one of each, though one was installed twice
    MenuItem item = menu.getItem(0);
    expect(EverythingCommand.LABEL, item.getLabel());
    ActionEvent event =
        new ActionEvent(item, ActionEvent.ACTION_PERFORMED, item.getActionCommand());
    EventQueue.invokeLater(() -> IJ.getInstance().actionPerformed(event));
  }

  private static List<Menu> menus() {
    List<Menu> menus = new ArrayList<>();
    for (int i = 0; i < Menus.getMenuBar().getMenuCount(); i++) {
      menus.add(Menus.getMenuBar().getMenu(i));
    }
    return menus;
  }

  private static Menu find(Menu menu, String label) {
    List<Menu> submenus = new ArrayList<>();
    for (int i = 0; i < menu.getItemCount(); i++) {
      if (menu.getItem(i) instanceof Menu submenu) {
        submenus.add(submenu);
      }
    }
    return find(submenus, label);
  }

  private static Menu find(List<Menu> menus, String label) {
    return menus.stream().filter(menu -> menu.getLabel().equals(label)).findFirst().orElseThrow();
  }

  private static Dialog dialog(String title) {
    return await(
        () ->
            Arrays.stream(Window.getWindows())
                .filter(window -> window instanceof Dialog && window.isVisible())
                .map(Dialog.class::cast)
                .filter(dialog -> dialog.getTitle().equals(title))
                .findFirst()
                .orElse(null));
  }

  private static void press(Dialog dialog, String label) {
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
  private static List<String> texts(Dialog dialog) {
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

  private static <C extends Component> List<C> all(Container container, Class<C> type) {
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

  private static <T> T await(Supplier<T> something) {
    long end = System.currentTimeMillis() + PATIENCE;
    while (System.currentTimeMillis() < end) {
      T value = something.get();
      if (value != null) {
        return value;
      }
      IJ.wait(20);
    }
    throw new IllegalStateException("Waited in vain");
  }

  private static void expect(Object expected, Object actual) {
    if (expected == null ? actual != null : !expected.equals(actual)) {
      throw new IllegalStateException("Expected " + expected + " but was " + actual);
    }
  }
}
