package io.github.posteriorj.imagej.host;

import static io.github.posteriorj.imagej.host.User.all;
import static io.github.posteriorj.imagej.host.User.await;
import static io.github.posteriorj.imagej.host.User.dialog;
import static io.github.posteriorj.imagej.host.User.expect;
import static io.github.posteriorj.imagej.host.User.find;
import static io.github.posteriorj.imagej.host.User.menus;
import static io.github.posteriorj.imagej.host.User.press;
import static io.github.posteriorj.imagej.host.User.texts;

import ij.IJ;
import ij.ImageJ;
import ij.plugin.frame.Recorder;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.TextField;
import java.awt.event.KeyEvent;
import java.io.File;
import java.util.List;
import java.util.Map;

/** What {@link WindowIT} does in an ImageJ with a window; exits with 0 when all is as it should. */
final class WindowScenario {

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
    User.photograph(screenshot);
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
    User.choose(item);
  }
}
