package io.github.posteriorj.imagej.host;

import static io.github.posteriorj.imagej.host.User.all;
import static io.github.posteriorj.imagej.host.User.await;
import static io.github.posteriorj.imagej.host.User.dialog;
import static io.github.posteriorj.imagej.host.User.expect;
import static io.github.posteriorj.imagej.host.User.find;
import static io.github.posteriorj.imagej.host.User.menus;
import static io.github.posteriorj.imagej.host.User.photograph;
import static io.github.posteriorj.imagej.host.User.press;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;
import java.awt.Dialog;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.TextField;
import java.awt.Window;
import java.io.File;
import java.util.List;
import java.util.stream.IntStream;
import javax.swing.JEditorPane;
import javax.swing.SwingUtilities;

/** What {@link PriorWindowsIT} does in an ImageJ with a window. */
final class PriorWindowsScenario {

  private static final String OK = "  OK  ";

  private PriorWindowsScenario() {}

  public static void main(String[] arguments) {
    try {
      new ImageJ();
      MenuEntries.install();
      File screenshots = new File(arguments[0]);
      readsAboutAPrior(screenshots);
      importsOnlyWithConsent(screenshots, arguments[1]);
      stripes().show();
      fineTunes(screenshots);
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Images of a kind that the bundled prior does not know, so that it learns at once. */
  private static ImagePlus stripes() {
    ByteProcessor pixels = new ByteProcessor(160, 64);
    for (int i = 0; i < pixels.getPixelCount(); i++) {
      pixels.set(i, i % 160 % 6 < 2 ? 200 : 20);
    }
    return new ImagePlus("stripes", pixels);
  }

  private static Dialog choose(String command) {
    Menu menu = find(find(find(menus(), "Plugins"), "PosteriorJ"), "Prior");
    MenuItem item =
        IntStream.range(0, menu.getItemCount())
            .mapToObj(menu::getItem)
            .filter(entry -> entry.getLabel().equals(command + "..."))
            .findFirst()
            .orElseThrow();
    User.choose(item);
    return dialog(command);
  }

  private static void readsAboutAPrior(File screenshots) throws Exception {
    for (String answer : new String[] {"Cancel", OK}) {
      Dialog dialog = choose("Prior Info");
      PosteriorDeblurScenario.select(dialog, System.getProperty("prior"));
      press(dialog, OK);
      // It comes from another place than this ImageJ's models folder.
      press(dialog("Trust this network?"), answer);
      if (answer.equals("Cancel")) {
        press(dialog("PosteriorJ"), OK);
        expect(null, WindowManager.getWindow("Prior " + System.getProperty("prior")));
      }
    }
    Window card = await(() -> WindowManager.getWindow("Prior " + System.getProperty("prior")));
    JEditorPane page = all(card, JEditorPane.class).get(0);
    String text = page.getDocument().getText(0, page.getDocument().getLength());
    int before = -1;
    for (String part :
        List.of("Installed priors", "users-own", "Licence: BSD-2-Clause", "Details")) {
      expect(true, text.indexOf(part) > before);
      before = text.indexOf(part);
    }
    SwingUtilities.invokeAndWait(
        () -> expect(true, page.getWidth() <= page.getVisibleRect().width));
    Thread.sleep(1000); // until the page is painted
    photograph(new File(screenshots, "prior-info.png"));
  }

  private static void importsOnlyWithConsent(File screenshots, String network) throws Exception {
    File imported = new File(System.getProperty("posteriorj.home"), "models/beads");
    for (String answer : new String[] {"Cancel", OK}) {
      Dialog dialog = choose("Import Prior");
      all(dialog, TextField.class).get(0).setText(network);
      photograph(new File(screenshots, "import-prior-dialog.png"));
      press(dialog, OK);
      Dialog consent = dialog("Trust this network?");
      photograph(new File(screenshots, "import-prior-consent.png"));
      press(consent, answer);
      if (answer.equals(OK)) {
        await(() -> imported.isDirectory() ? imported : null);
      } else {
        press(dialog("PosteriorJ"), OK);
        expect(false, imported.exists());
      }
    }
  }

  private static void fineTunes(File screenshots) throws Exception {
    IJ.run(
        "Fine-Tune Prior...",
        "image=stripes prior=["
            + System.getProperty("prior")
            + "] steps=12 batch=4 patch_size=16 validate_every=3 device=cpu");
    ImagePlus plot = await(() -> WindowManager.getImage("my-prior-loss"));
    expect(true, plot.getWindow().isVisible());
    photograph(new File(screenshots, "fine-tune-prior-loss.png"));
    Dialog dialog = choose("Fine-Tune Prior");
    photograph(new File(screenshots, "fine-tune-prior-dialog.png"));
    press(dialog, "Cancel");
  }
}
