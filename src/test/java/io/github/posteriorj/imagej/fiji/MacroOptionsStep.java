package io.github.posteriorj.imagej.fiji;

import ij.IJ;
import ij.Macro;
import org.scijava.ItemVisibility;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.widget.Button;

/**
 * Gives a command what the macro says, as Fiji does: a key that no input has is passed over, and a
 * word that is no value becomes whatever SciJava makes of it.
 */
public final class MacroOptionsStep extends AbstractPreprocessorPlugin {

  @Parameter private ConvertService converters;

  @Override
  public void process(Module module) {
    if (!IJ.isMacro()) {
      return;
    }
    String options = Macro.getOptions();
    for (ModuleItem<?> item : module.getInfo().inputs()) {
      String name = item.getName();
      String word = options == null ? null : Macro.getValue(options, name, null);
      boolean asksNothing =
          item.getVisibility() == ItemVisibility.MESSAGE || item.getType() == Button.class;
      if (asksNothing) {
        module.resolveInput(name);
      } else if (word != null && converters.supports(word, item.getType())) {
        module.setInput(name, converters.convert(word, item.getType()));
        module.resolveInput(name);
      }
    }
  }
}
