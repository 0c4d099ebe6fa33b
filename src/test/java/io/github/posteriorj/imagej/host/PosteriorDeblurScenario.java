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
import ij.measure.ResultsTable;
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

  /** How the labels of the inputs that come first begin. */
  private static final List<String> FIRST =
      List.of("Illumination", "Noise map", "PSF sigma", "Noise, standard", "Samples", "Seed");

  /** The labels of inputs that are no text fields. */
  private static final List<String> CHOICES =
      List.of(
          "Illumination:",
          "Noise map:",
          "Noise model:",
          "Unknown noise:",
          "Generator:",
          "Warm start:",
          "Integrator:",
          "Preconditioning:");

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
    List<String> texts = texts(dialog);
    // The active image is taken without asking.
    for (int i = 0; i < FIRST.size(); i++) {
      expect(true, texts.get(i).startsWith(FIRST.get(i)));
    }
    expect("Camera", texts.get(FIRST.size()));
    expect(
        List.of(
            "Camera",
            "Model",
            "I trust where its networks come from",
            "Intensity range of the sharp image",
            "Sampling",
            "Diagnostic images"),
        texts.stream().filter(text -> !text.endsWith(":")).toList());
    type(dialog, texts, "PSF sigma", "1.5");
    type(dialog, texts, "Noise, standard", "200");
    type(dialog, texts, "Samples", "8");
    type(dialog, texts, "Chains", "2");
    type(dialog, texts, "Warm-start steps", "5");
    type(dialog, texts, "Burn-in", "1");
    type(dialog, texts, "Thinning", "1");
    type(dialog, texts, "Prior", System.getProperty("prior"));
    press(dialog, "  OK  ");
    // The prior lies elsewhere than in this ImageJ's models folder.
    press(dialog("Trust this network?"), "  OK  ");
    for (String suffix : List.of("-samples", "-mean", "-variance")) {
      ImagePlus result = await(() -> WindowManager.getImage("cells" + suffix));
      expect(48, result.getWidth());
      await(() -> result.getWindow() != null && result.getWindow().isVisible() ? result : null);
    }
    ResultsTable table = await(() -> ResultsTable.getResultsTable("cells-diagnostics"));
    expect(5, table.size());
    expect("mean intensity", table.getLabel(0));
    expect(true, table.getValue("R-hat", 0) > 0);
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

  /** Types into the field whose label begins so. */
  private static void type(Dialog dialog, List<String> texts, String label, String text) {
    // Choices are no text fields.
    List<String> labels =
        texts.stream().filter(t -> t.endsWith(":") && !CHOICES.contains(t)).toList();
    List<TextField> fields = all(dialog, TextField.class);
    expect(labels.size(), fields.size());
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).startsWith(label)) {
        fields.get(i).setText(text);
        return;
      }
    }
    throw new IllegalStateException("There is no field " + label + " in " + labels);
  }
}
