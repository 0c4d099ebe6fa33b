package io.github.posteriorj.imagej.host;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.Optional;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.plugin.Parameter;

/**
 * Fills the only image input of a command with the active image, so that nobody is asked for it.
 *
 * <p>Several image inputs are left to the dialog, and so is one that is not filled automatically.
 */
final class ActiveImagePreprocessor extends AbstractPreprocessorPlugin {

  /** Its place among the steps, the same as in Fiji. */
  static final double PRIORITY = Priority.VERY_HIGH + 1;

  @Parameter private ModuleService modules;

  private String filled;

  @Override
  public void process(Module module) {
    ImagePlus image = WindowManager.getCurrentImage();
    ModuleItem<ImagePlus> item = modules.getSingleInput(module, ImagePlus.class);
    if (image != null && item != null) {
      filled = item.getName();
      module.setInput(filled, image);
      module.resolveInput(filled);
    }
  }

  /** Returns the name of the input that was filled, if any was. */
  Optional<String> filledInput() {
    return Optional.ofNullable(filled);
  }
}
