package io.github.posteriorj.imagej.input;

import static java.util.stream.Collectors.joining;

import ij.Macro;
import ij.macro.Interpreter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/**
 * The inputs that a macro gives a command in {@code run(command, options)}.
 *
 * <p>Fiji ignores what it does not understand: a key that is mistyped, a number with a comma, a
 * choice that there is none of. This refuses it, with a message for the writer of the macro.
 */
public final class MacroInputs {

  private MacroInputs() {}

  /**
   * Tells whether the options that the command's thread sees are those of the command: a script
   * that a macro runs may run commands, too, and sets their inputs itself.
   *
   * @param options the options, or null if there are none
   */
  public static boolean areOf(Module module, String options) {
    return options != null
        && !options.isBlank()
        && settable(module).entrySet().stream()
            .filter(input -> module.isInputResolved(input.getValue().getName()))
            .allMatch(input -> Macro.getValue(options, input.getKey(), null) != null);
  }

  /**
   * The values that the options give, by the names of the inputs.
   *
   * @throws InvalidInputException when something in them is not understood or not allowed
   */
  public static Map<String, Object> read(Module module, String options) {
    return read(module, options, Set.of());
  }

  /**
   * The same, but for some inputs, whatever the options say of them.
   *
   * @param without the keys of the inputs that are left out
   */
  public static Map<String, Object> read(Module module, String options, Set<String> without) {
    Map<String, ModuleItem<?>> inputs = settable(module);
    Map<String, Object> values = new LinkedHashMap<>();
    for (MacroOption option : MacroOption.parse(options)) {
      if (without.contains(option.key())) {
        continue;
      }
      ModuleItem<?> item = inputs.get(option.key());
      if (item == null) {
        throw unknown(option, List.copyOf(inputs.keySet()));
      }
      if (option.form() == MacroOption.Form.BARE) {
        throw bare(option, item);
      }
      if (values.containsKey(item.getName())) {
        throw new InvalidInputException(
            String.format("\"%s\" is given twice. Leave one of the two out.", option.key()));
      }
      values.put(item.getName(), InputText.parse(item, option.key(), value(option)));
    }
    return values;
  }

  /** The inputs that people set, by their keys. */
  private static Map<String, ModuleItem<?>> settable(Module module) {
    Map<String, ModuleItem<?>> inputs = new LinkedHashMap<>();
    for (ModuleItem<?> item : module.getInfo().inputs()) {
      if (InputText.isSettable(item)) {
        inputs.put(InputText.key(item), item);
      }
    }
    return inputs;
  }

  private static InvalidInputException unknown(MacroOption option, List<String> keys) {
    if (keys.isEmpty()) {
      return new InvalidInputException(
          String.format("it takes no options, but \"%s\" is given.", option.key()));
    }
    return new InvalidInputException(
        String.format(
            "there is no option \"%s\".%s The options are: %s. A value with spaces needs brackets:"
                + " key=[two words].",
            option.key(),
            InputText.suggestion(option.key(), keys),
            keys.stream().collect(joining(", "))));
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
  private static String value(MacroOption option) {
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
