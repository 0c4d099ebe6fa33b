package io.github.posteriorj.imagej.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.DynamicCommand;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command with inputs of every kind, which tells what reached it. */
@Plugin(
    type = Command.class,
    menuPath = EverythingCommand.MENU + ">" + EverythingCommand.LABEL,
    description = "Tries every kind of input.",
    initializer = "initializeInputs")
public class EverythingCommand extends DynamicCommand {

  static final String MENU = "Plugins>PosteriorJ Test";
  static final String LABEL = "Everything...";

  /** What the last run was given, by key; null before the first run. */
  private static volatile Map<String, String> given;

  enum Mode {
    QUICK,
    THOROUGH
  }

  @Parameter(label = "Image", required = false, persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Blur of the microscope",
      min = "0.5",
      max = "20",
      persist = false,
      description = "How far a point spreads.",
      attrs = {@Attr(name = "group", value = "Microscope"), @Attr(name = "unit", value = "px")})
  private double psf_sigma = 1.5;

  @Parameter(
      label = "Sigma",
      min = "0.5",
      max = "20",
      persist = false,
      attrs = @Attr(name = "unit", value = "px"))
  private double sigma = 2;

  @Parameter(label = "Samples", min = "1", persist = false)
  private int samples = 10;

  @Parameter(label = "Noise", persist = false, attrs = @Attr(name = "group", value = "Microscope"))
  private boolean noisy;

  @Parameter(
      label = "Method",
      choices = {"fast", "exact one"},
      persist = false)
  private String method = "fast";

  @Parameter(label = "Mode", persist = false, attrs = @Attr(name = "group", value = "Expert"))
  private Mode mode = Mode.QUICK;

  @Parameter(label = "Title", persist = false)
  private String title = "";

  @Parameter(label = "Folder", style = "directory", required = false, persist = false)
  private File folder;

  @Parameter(label = "Remembered", required = false)
  private String remembered = "nothing";

  @Parameter(visibility = ItemVisibility.MESSAGE, persist = false)
  private String hint = "This is a message.";

  @Parameter(visibility = ItemVisibility.INVISIBLE, persist = false)
  private String task = "";

  /** Forgets the last run. */
  static void forget() {
    given = null;
  }

  static Map<String, String> given() {
    return given;
  }

  /** As PosteriorJ's own commands do: a macro that leaves an option out gets its default. */
  @SuppressWarnings("unused") // SciJava calls it by name.
  private void initializeInputs() {
    if (Macro.getOptions() != null) {
      for (ModuleItem<?> item : getInfo().inputs()) {
        resolveInput(item.getName());
      }
    }
  }

  @Override
  public void run() {
    switch (task) {
      case "refuse" -> IJ.error("PosteriorJ", "refused");
      case "cancel" -> cancel("canceled for a reason");
      case "argument" -> throw new IllegalArgumentException("The image is too small.");
      case "bug" -> throw new NullPointerException("oops");
      default -> tell();
    }
  }

  private void tell() {
    Map<String, String> all = new TreeMap<>();
    for (ModuleItem<?> item : getInfo().inputs()) {
      if (InputText.isSettable(item)) {
        all.put(item.getName(), InputText.format(getInput(item.getName())));
      }
    }
    given = all;
  }
}
