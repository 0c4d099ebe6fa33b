package io.github.posteriorj.imagej.host;

import static io.github.posteriorj.imagej.host.User.all;
import static io.github.posteriorj.imagej.host.User.await;
import static io.github.posteriorj.imagej.host.User.dialog;
import static io.github.posteriorj.imagej.host.User.expect;
import static io.github.posteriorj.imagej.host.User.find;
import static io.github.posteriorj.imagej.host.User.menus;
import static io.github.posteriorj.imagej.host.User.photograph;
import static io.github.posteriorj.imagej.host.User.press;
import static io.github.posteriorj.imagej.host.User.texts;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageWindow;
import ij.measure.ResultsTable;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Dialog;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.Rectangle;
import java.awt.TextField;
import java.awt.Toolkit;
import java.io.File;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link PosteriorDeblurWindowIT} does in an ImageJ with a window. */
final class PosteriorDeblurScenario {

  /** The labels of the first dialog's numbers. */
  private static final List<String> NUMBERS = List.of("PSF sigma", "Noise", "Sharp images to draw");

  private PosteriorDeblurScenario() {}

  public static void main(String[] arguments) {
    try {
      new ImageJ();
      MenuEntries.install();
      ImagePlus image = IJ.openImage(arguments[1]);
      image.setRoi(0, 0, 48, 48);
      ImagePlus crop = image.crop();
      crop.setTitle("cells");
      crop.show();
      choosesFillsInAndSeesTheResults(new File(arguments[0]));
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void choosesFillsInAndSeesTheResults(File screenshots) throws Exception {
    Menu menu = find(find(find(menus(), "Plugins"), "PosteriorJ"), "Restore");
    User.choose(item(menu, "Posterior Deblur..."));
    Dialog dialog = dialog("Posterior Deblur");
    photograph(new File(screenshots, "posterior-deblur-dialog.png"));
    Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    expect(true, screen.contains(dialog.getBounds()));
    List<String> labels =
        texts(dialog).stream().filter(t -> NUMBERS.stream().anyMatch(t::startsWith)).toList();
    expect(NUMBERS.size(), labels.size());
    List<TextField> numbers = all(dialog, TextField.class);
    expect(NUMBERS.size(), numbers.size());
    numbers.get(0).setText("1.5");
    numbers.get(1).setText("200");
    numbers.get(2).setText("8");
    select(dialog, System.getProperty("prior"));
    select(dialog, "quick");
    all(dialog, Checkbox.class).get(0).setState(true);
    press(dialog, "  OK  ");
    int pages = 1;
    for (int page = 1; page <= pages; page++) {
      Dialog settings = page(page);
      pages = Integer.parseInt(settings.getTitle().replaceAll(".* of (.)\\)", "$1"));
      User.fieldsBeside(settings, "Save this ").forEach(field -> field.setText("our own"));
      photograph(new File(screenshots, "posterior-deblur-all-settings-%d.png".formatted(page)));
      press(settings, "  OK  ");
    }
    // The prior lies elsewhere than in this ImageJ's models folder.
    press(dialog("Trust this network?"), "  OK  ");
    for (String suffix : List.of("-samples", "-mean", "-variance")) {
      ImagePlus result = await(() -> WindowManager.getImage("cells" + suffix));
      expect(48, result.getWidth());
      await(() -> result.getWindow() != null && result.getWindow().isVisible() ? result : null);
    }
    ResultsTable table = await(() -> ResultsTable.getResultsTable("cells-diagnostics"));
    // Warnings come first, and above the mean's pixels.
    int first = table.size() - 5;
    expect("mean intensity", table.getLabel(first));
    expect(true, table.getValue("R-hat", first) > 0);
    ImageWindow mean = WindowManager.getImage("cells-mean").getWindow();
    expect(first > 0, table.getLabel(0).startsWith("Warning: "));
    expect(first > 0, mean.createSubtitle().contains("Warning: "));
    int x = 20;
    for (String title : WindowManager.getImageTitles()) {
      ImagePlus result = WindowManager.getImage(title);
      IJ.run(result, "Set... ", "zoom=400");
      result.getWindow().setLocation(x, 120);
      x += 300;
    }
    photograph(new File(screenshots, "posterior-deblur-results.png"));
    IJ.run("Posterior Panel...", "image=cells");
    await(() -> WindowManager.getImage("cells-panel"));
    photograph(new File(screenshots, "posterior-panel.png"));
  }

  private static MenuItem item(Menu menu, String label) {
    return IntStream.range(0, menu.getItemCount())
        .mapToObj(menu::getItem)
        .filter(item -> item.getLabel().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** Selects what one of the dialog's choices offers. */
  static void select(Dialog dialog, String item) {
    for (Choice choice : all(dialog, Choice.class)) {
      for (int i = 0; i < choice.getItemCount(); i++) {
        if (choice.getItem(i).equals(item)) {
          choice.select(i);
          return;
        }
      }
    }
    throw new IllegalStateException("No choice has " + item);
  }

  /** One of the dialogs that ask for all settings. */
  private static Dialog page(int number) {
    String title = "Posterior Deblur (%d of ".formatted(number);
    return await(
        () ->
            User.titles().stream()
                .filter(any -> any.startsWith(title))
                .findFirst()
                .map(User::dialog)
                .orElse(null));
  }
}
