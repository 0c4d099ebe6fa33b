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
import java.util.TreeMap;

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
      IJ.newImage("cells", "8-bit ramp", 64, 64, 1);
      IJ.newImage("beads", "8-bit ramp", 64, 64, 1);

      dialogAsksInOrder(new File(arguments[0]));
      allSettingsAreAskedForInASecondDialog();
      outOfRangeIsAskedAgain();
      escapeCancels();
      recordedLineDoesTheSame();
      macroAsksForNothing();
      aFailureIsShownAndEndsTheMacro();
      noImageIsPresetButTheActiveOne();
      aMissingImageIsSaidBeforeTheDialog();
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
            "Image:",
            "Sigma:",
            "Samples:",
            "PSF:",
            "Method:",
            "Title:",
            "Folder:",
            "Noise",
            "All settings..."),
        texts(dialog));
    List<TextField> numbers = all(dialog, TextField.class);
    expect("2", numbers.get(0).getText());
    numbers.get(0).setText("3.5");
    choice(dialog, 2).select("exact one");
    all(dialog, Checkbox.class).get(0).setState(true);
    press(dialog, "  OK  ");
    Map<String, String> given = await(EverythingCommand::given);
    expect("3.5", given.get("sigma"));
    expect("exact one", given.get("method"));
    expect("true", given.get("noisy"));
    expect("beads", given.get("image"));
  }

  private static Choice choice(Dialog dialog, int index) {
    return all(dialog, Choice.class).get(index);
  }

  private static void allSettingsAreAskedForInASecondDialog() {
    choose();
    Dialog first = dialog("Everything");
    all(first, Checkbox.class).get(1).setState(true);
    press(first, "  OK  ");
    Dialog second = dialog("Everything");
    expect(
        List.of("Instrument", "Blur of the microscope:", "Quality", "Steps:", "Results", "Task:"),
        texts(second));
    List<TextField> fields = all(second, TextField.class);
    // What an input that is left out stands for.
    expect("7", fields.get(1).getText());
    fields.get(0).setText("2.25");
    press(second, "  OK  ");
    Map<String, String> given = await(EverythingCommand::given);
    expect("2.25", given.get("psf_sigma"));
    expect("", given.get("steps"));
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
    Map<String, String> given = new TreeMap<>(await(EverythingCommand::given));
    // A macro can give all settings: it is not asked for them.
    given.remove("all_settings");
    String macro = await(() -> recorder.getText().contains("5.25") ? recorder.getText() : null);
    expect("run(\"Everything...\", \"image=beads sigma=5.25 title=[a title]\");", macro.strip());
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

  private static void aFailureIsShownAndEndsTheMacro() {
    EverythingCommand.forget();
    Thread macro =
        new Thread(
            () ->
                IJ.runMacro(
                    "run('Everything...', 'sigma=0,9');\nrun('Everything...', 'sigma=5');"));
    macro.start();
    Dialog message = dialog("PosteriorJ");
    press(message, "  OK  ");
    await(() -> macro.isAlive() ? null : macro);
    expect(null, EverythingCommand.given());
  }

  private static void noImageIsPresetButTheActiveOne() {
    choose();
    Dialog dialog = dialog("Everything");
    expect("beads", choice(dialog, 0).getSelectedItem());
    expect("none", choice(dialog, 1).getSelectedItem());
    expect(3, choice(dialog, 1).getItemCount());
    choice(dialog, 0).select("cells");
    choice(dialog, 1).select("beads");
    press(dialog, "  OK  ");
    Map<String, String> given = await(EverythingCommand::given);
    expect("cells", given.get("image"));
    expect("beads", given.get("psf"));
  }

  private static void aMissingImageIsSaidBeforeTheDialog() {
    IJ.run("Close All");
    Menu menu = find(find(find(menus(), "Plugins"), "PosteriorJ"), "Restore");
    User.choose(menu.getItem(0));
    press(dialog("PosteriorJ"), "  OK  ");
    expect(false, User.isShown("Posterior Deblur"));
  }

  /** Chooses the command from the menu bar, and forgets what it was given before. */
  private static void choose() {
    EverythingCommand.forget();
    Menu menu = find(find(menus(), "Plugins"), "PosteriorJ Test");
    expect(1, menu.getItemCount()); // though it was installed twice
    MenuItem item = menu.getItem(0);
    expect(EverythingCommand.LABEL, item.getLabel());
    User.choose(item);
  }
}
