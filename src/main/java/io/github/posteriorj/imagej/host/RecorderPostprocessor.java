package io.github.posteriorj.imagej.host;

import ij.IJ;
import ij.plugin.frame.Recorder;
import io.github.posteriorj.imagej.input.InputText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.scijava.ItemVisibility;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;

/**
 * Hands the inputs of a command that has run to ImageJ's macro recorder, so that the recorded line
 * does the same again.
 */
final class RecorderPostprocessor extends AbstractPostprocessorPlugin {

  /** Its place among the steps, the same as in Fiji. */
  static final double PRIORITY = Priority.VERY_LOW;

  @Override
  public void process(Module module) {
    if (!Recorder.record || IJ.isMacro()) {
      return;
    }
    List<ModuleItem<?>> recorded = new ArrayList<>();
    for (ModuleItem<?> item : module.getInfo().inputs()) {
      if (InputText.isSettable(item)
          && item.getVisibility() != ItemVisibility.INVISIBLE
          && item.getValue(module) != null) {
        recorded.add(item);
      }
    }
    List<String> keys = recorded.stream().map(InputText::key).toList();
    // ImageJ searches keys as text and finds "sigma=" within "psf_sigma=", so the short one first.
    recorded.sort(Comparator.comparing(item -> !endsAnother(InputText.key(item), keys)));
    for (ModuleItem<?> item : recorded) {
      Recorder.recordOption(InputText.key(item), quoted(item.getValue(module)));
    }
  }

  private static boolean endsAnother(String key, List<String> keys) {
    return keys.stream().anyMatch(other -> other.length() > key.length() && other.endsWith(key));
  }

  /** The recorder itself puts brackets around values with spaces, and around no others. */
  private static String quoted(Object value) {
    String text = InputText.format(value);
    boolean misread = text.isEmpty() || "['&".indexOf(text.charAt(0)) >= 0;
    String safe = misread && text.indexOf(' ') < 0 ? "[" + text + "]" : text;
    return Recorder.fixString(safe);
  }
}
