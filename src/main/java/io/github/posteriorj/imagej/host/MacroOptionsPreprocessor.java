package io.github.posteriorj.imagej.host;

import static java.util.stream.Collectors.joining;

import ij.macro.Interpreter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scijava.ItemVisibility;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;

/**
 * Sets and resolves the inputs that a macro gives in {@code run(command, options)}.
 *
 * <p>Where Fiji silently ignores what it does not understand, this refuses: it cancels with a
 * message for the writer of the macro.
 */
final class MacroOptionsPreprocessor extends AbstractPreprocessorPlugin {

  /** Its place among the steps, the same as in Fiji. */
  static final double PRIORITY = 2 * Priority.VERY_HIGH;

  private final String options;

  /**
   * @param options the options of the running macro, or null when none runs
   */
  MacroOptionsPreprocessor(String options) {
    this.options = options;
  }

  @Override
  public void process(Module module) {
    if (options == null) {
      return;
    }
    try {
      setInputs(module, MacroOption.parse(options));
    } catch (InvalidInputException e) {
      cancel(module.getInfo().getTitle() + ": " + e.getMessage());
    }
  }

  private static void setInputs(Module module, List<MacroOption> options)
      throws InvalidInputException {
    Map<String, ModuleItem<?>> inputs = new LinkedHashMap<>();
    for (ModuleItem<?> item : module.getInfo().inputs()) {
      if (InputText.isSettable(item)) {
        inputs.put(InputText.key(item), item);
      } else if (item.getVisibility() == ItemVisibility.MESSAGE) {
        module.resolveInput(item.getName());
      }
    }
    Set<String> given = new HashSet<>();
    for (MacroOption option : options) {
      ModuleItem<?> item = inputs.get(option.key());
      if (item == null) {
        throw unknown(option, inputs);
      }
      if (option.form() == MacroOption.Form.BARE) {
        throw bare(option, item);
      }
      if (!given.add(option.key())) {
        throw new InvalidInputException(
            String.format("\"%s\" is given twice. Leave one of the two out.", option.key()));
      }
      module.setInput(item.getName(), InputText.parse(item, option.key(), value(option)));
      module.resolveInput(item.getName());
    }
  }

  private static InvalidInputException unknown(
      MacroOption option, Map<String, ModuleItem<?>> inputs) {
    if (inputs.isEmpty()) {
      return new InvalidInputException(
          String.format("it takes no options, but \"%s\" is given.", option.key()));
    }
    String visible =
        inputs.values().stream()
            .filter(item -> item.getVisibility() != ItemVisibility.INVISIBLE)
            .map(InputText::key)
            .collect(joining(", "));
    return new InvalidInputException(
        String.format(
            "there is no option \"%s\".%s The options are: %s. A value with spaces needs brackets:"
                + " key=[two words].",
            option.key(),
            InputText.suggestion(option.key(), List.copyOf(inputs.keySet())),
            visible));
  }

  private static InvalidInputException bare(MacroOption option, ModuleItem<?> item) {
    boolean isFlag = item.getType() == boolean.class || item.getType() == Boolean.class;
    return new InvalidInputException(
        String.format(
            isFlag
                ? "\"%1$s\" stands alone. Write %1$s=true or %1$s=false."
                : "\"%1$s\" stands alone. Write %1$s=value.",
            option.key()));
  }

  /** As in ImageJ's own dialogs, {@code key=&name} means the value of the macro's variable. */
  private static String value(MacroOption option) throws InvalidInputException {
    String text = option.value();
    if (option.form() == MacroOption.Form.QUOTED || !text.matches("&[A-Za-z_]\\w*")) {
      return text;
    }
    String name = text.substring(1);
    Interpreter macro = Interpreter.getInstance();
    String value = macro == null ? null : macro.getVariableAsString(name);
    if (value == null) {
      throw new InvalidInputException(
          String.format("%s=%s: the macro has no variable \"%s\".", option.key(), text, name));
    }
    return value;
  }
}
