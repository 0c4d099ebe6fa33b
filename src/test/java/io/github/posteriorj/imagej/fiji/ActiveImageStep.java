package io.github.posteriorj.imagej.fiji;

import ij.ImagePlus;
import ij.WindowManager;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractSingleInputPreprocessor;

/** Gives a command that asks for one image the active one, as Fiji does. */
public final class ActiveImageStep extends AbstractSingleInputPreprocessor {

  @Override
  public void process(Module module) {
    ImagePlus image = WindowManager.getCurrentImage();
    String name = getSingleInput(module, ImagePlus.class);
    if (image != null && name != null) {
      module.setInput(name, image);
      module.resolveInput(name);
    }
  }
}
