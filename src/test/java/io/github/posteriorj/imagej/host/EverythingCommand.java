package io.github.posteriorj.imagej.host;

import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.imagej.input.InputText;
import io.github.posteriorj.progress.Progress;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.scijava.command.Command;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command with inputs of every kind, which tells what reached it. */
@Plugin(
    type = Command.class,
    menuPath = EverythingCommand.MENU + ">" + EverythingCommand.LABEL,
    description = "Tries every kind of input.")
public class EverythingCommand extends BackgroundCommand<Map<String, String>> {

  static final String MENU = "Plugins>PosteriorJ Test";
  static final String LABEL = "Everything...";

  /** What the last run was given, by key; null before the first run. */
  private static volatile Map<String, String> given;

  @Parameter(
      label = "Blur of the microscope",
      min = "0.5",
      max = "20",
      persist = false,
      description = "How far a point spreads.",
      attrs = @Attr(name = GROUP, value = Section.INSTRUMENT))
  private double psf_sigma = 1.5;

  @Parameter(label = "Sigma", min = "0.5", max = "20", persist = false)
  private double sigma = 2;

  @Parameter(label = "Samples", min = "1", persist = false)
  private int samples = 10;

  @Parameter(
      label = "Image",
      required = false,
      persist = false,
      attrs = {
        @Attr(name = IMAGE, value = ACTIVE),
        @Attr(name = Section.ATTRIBUTE, value = Section.IMAGE)
      })
  private String image;

  @Parameter(label = "PSF", persist = false, attrs = @Attr(name = IMAGE, value = NONE))
  private String psf = NONE;

  @Parameter(
      label = "Noise",
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.NOISE))
  private boolean noisy;

  @Parameter(
      label = "Steps",
      min = "3",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private Integer steps;

  @Parameter(
      label = "Method",
      choices = {"fast", "exact one"},
      persist = false)
  private String method = "fast";

  @Parameter(label = "Title", persist = false)
  private String title = "";

  @Parameter(label = "Folder", style = "directory", persist = false)
  private File folder = new File("");

  @Parameter(label = "Task", persist = false, attrs = @Attr(name = GROUP, value = Section.RESULTS))
  private String task = "";

  /** Forgets the last run. */
  static void forget() {
    given = null;
  }

  static Map<String, String> given() {
    return given;
  }

  @Override
  protected boolean needsImage() {
    return false;
  }

  @Override
  protected Map<String, Object> valuesOfUnset() {
    return Map.of("steps", 7);
  }

  @Override
  protected void prepare() {
    switch (task) {
      case "argument" -> throw new IllegalArgumentException("The image is too small.");
      case "bug" -> throw new NullPointerException("oops");
      default -> {}
    }
  }

  @Override
  protected Map<String, String> compute(Progress progress) throws IOException {
    if (task.equals("file")) {
      throw new IOException("The file is broken.");
    }
    Map<String, String> all = new TreeMap<>();
    for (ModuleItem<?> item : getInfo().inputs()) {
      if (InputText.isSettable(item)) {
        all.put(item.getName(), InputText.format(getInput(item.getName())));
      }
    }
    return all;
  }

  @Override
  protected void show(Map<String, String> all) {
    all.put("image", imageOf("image").map(found -> found.getTitle()).orElse(""));
    given = all;
  }
}
