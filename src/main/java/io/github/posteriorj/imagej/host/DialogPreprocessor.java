package io.github.posteriorj.imagej.host;

import ij.Macro;
import io.github.posteriorj.imagej.input.CommandDialog;
import io.github.posteriorj.imagej.input.InputText;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.widget.InputHarvester;

/**
 * Asks in one dialog for the inputs that nothing else has set. Without a display they keep their
 * remembered or default values.
 */
final class DialogPreprocessor extends AbstractPreprocessorPlugin {

  /** Its place among the steps, the same as in Fiji. */
  static final double PRIORITY = InputHarvester.PRIORITY;

  @Override
  public void process(Module module) {
    List<ModuleItem<?>> asked =
        StreamSupport.stream(module.getInfo().inputs().spliterator(), false)
            .<ModuleItem<?>>map(item -> item)
            .filter(item -> !module.isInputResolved(item.getName()))
            .filter(InputText::isSettable)
            .toList();
    if (GraphicsEnvironment.isHeadless() || asked.isEmpty()) {
      return;
    }
    String options = Macro.getOptions();
    // A dialog of ImageJ that sees options believes that they answer it, and does not appear.
    Macro.setOptions(null);
    try {
      if (!CommandDialog.ask(module, asked, Map.of())) {
        cancel("");
      }
    } finally {
      Macro.setOptions(options);
    }
  }
}
