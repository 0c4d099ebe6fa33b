package io.github.posteriorj.imagej.input;

import ij.gui.GenericDialog;
import java.awt.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/**
 * ImageJ's dialog for inputs of a command.
 *
 * <p>Inputs without the attribute {@link InputText#GROUP} come first, one below the other; below
 * them each group has a heading, and its inputs stand side by side. The Help button explains every
 * input.
 */
public final class CommandDialog {

  private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 12);

  private final Module module;
  private final Map<String, Object> unset;

  /** Fields by group, the group without a name first. */
  private final Map<String, List<DialogField>> groups = new LinkedHashMap<>();

  private CommandDialog(Module module, List<ModuleItem<?>> items, Map<String, Object> unset) {
    this.module = module;
    this.unset = unset;
    groups.put("", new ArrayList<>());
    for (ModuleItem<?> item : items) {
      Object value = module.getInput(item.getName());
      groups
          .computeIfAbsent(
              InputText.attribute(item, InputText.GROUP).orElse(""), name -> new ArrayList<>())
          .add(DialogField.of(item, value == null ? unset.get(item.getName()) : value));
    }
  }

  /**
   * Shows the dialog until its answers are valid, then sets and resolves the inputs.
   *
   * @param module the command
   * @param items the inputs to ask for, in order
   * @param unset by the inputs' names, what inputs that are null stand for: it is shown, and where
   *     it is left as it is they stay null
   * @return false if the user has cancelled it
   */
  public static boolean ask(Module module, List<ModuleItem<?>> items, Map<String, Object> unset) {
    return new CommandDialog(module, items, unset).ask();
  }

  private boolean ask() {
    while (true) {
      GenericDialog dialog = build();
      dialog.showDialog();
      if (dialog.wasCanceled()) {
        return false;
      }
      try {
        setInputs();
        return true;
      } catch (InvalidInputException e) {
        Failure.explain(e.getMessage());
      }
    }
  }

  private GenericDialog build() {
    GenericDialog dialog = new GenericDialog(module.getInfo().getTitle().replace("...", ""));
    groups.forEach(
        (name, fields) -> {
          if (name.isEmpty()) {
            fields.forEach(field -> field.addTo(dialog));
          } else {
            dialog.addMessage(name, HEADING);
            addInPairs(fields, dialog);
          }
        });
    dialog.addHelp(
        CommandHelp.html(
            module.getInfo(), fields().stream().<ModuleItem<?>>map(DialogField::item).toList()));
    return dialog;
  }

  private static void addInPairs(List<DialogField> fields, GenericDialog dialog) {
    boolean hasRoom = false;
    for (DialogField field : fields) {
      boolean beside = hasRoom && field.isNarrow();
      if (beside) {
        dialog.addToSameRow();
      }
      field.addTo(dialog);
      hasRoom = !beside && field.isNarrow();
    }
  }

  private List<DialogField> fields() {
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private void setInputs() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (DialogField field : fields()) {
      String name = field.item().getName();
      Object value = field.value();
      boolean isLeft = module.getInput(name) == null && Objects.equals(value, unset.get(name));
      values.put(name, isLeft ? null : value);
    }
    values.forEach(module::setInput);
    values.keySet().forEach(module::resolveInput);
  }
}
