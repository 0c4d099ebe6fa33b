package io.github.posteriorj.imagej.host;

import ij.gui.GenericDialog;
import java.awt.AWTEvent;
import java.awt.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.scijava.ItemVisibility;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/**
 * ImageJ's dialog for inputs of a command.
 *
 * <p>Inputs without the attribute "group" come first; below them each group has a heading. The
 * attribute "unit" stands behind a number's field. The Help button explains every input.
 */
final class CommandDialog {

  private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 12);

  private final Module module;

  /** Inputs and messages by group, the group without a name first. */
  private final Map<String, List<ModuleItem<?>>> groups = new LinkedHashMap<>();

  private final Map<ModuleItem<?>, DialogField> fields = new LinkedHashMap<>();

  /**
   * @param module the command
   * @param items the inputs to ask for, and messages to show between them, in order
   */
  CommandDialog(Module module, List<ModuleItem<?>> items) {
    this.module = module;
    groups.put("", new ArrayList<>());
    for (ModuleItem<?> item : items) {
      String group = InputText.group(item).orElse("");
      groups.computeIfAbsent(group, name -> new ArrayList<>()).add(item);
    }
  }

  /**
   * Shows the dialog until its answers are valid, then sets and resolves the inputs.
   *
   * @throws DialogCanceledException when the user cancels, or when an image is needed and none is
   *     open
   */
  void ask() throws DialogCanceledException {
    for (List<ModuleItem<?>> group : groups.values()) {
      for (ModuleItem<?> item : group) {
        if (DialogField.lacksImage(item)) {
          throw new DialogCanceledException(
              String.format(
                  "%s needs an image, and none is open. Open one, then run the command again.",
                  module.getInfo().getTitle()));
        }
        if (InputText.isSettable(item)) {
          fields.put(item, DialogField.of(item, module));
        }
      }
    }
    while (true) {
      GenericDialog dialog = build();
      dialog.showDialog();
      if (dialog.wasCanceled()) {
        throw new DialogCanceledException("");
      }
      try {
        setInputs();
        return;
      } catch (InvalidInputException e) {
        DialogField.explain(e);
      }
    }
  }

  private GenericDialog build() {
    GenericDialog dialog = new GenericDialog(module.getInfo().getTitle().replace("...", ""));
    groups.forEach(
        (name, items) -> {
          if (!name.isEmpty()) {
            dialog.addMessage(name, HEADING);
          }
          for (ModuleItem<?> item : items) {
            if (fields.containsKey(item)) {
              fields.get(item).addTo(dialog);
            } else if (item.getVisibility() == ItemVisibility.MESSAGE) {
              dialog.addMessage(String.valueOf(module.getInput(item.getName())));
            }
          }
        });
    dialog.addHelp(CommandHelp.html(module.getInfo(), fields.keySet()));
    if (fields.keySet().stream().anyMatch(CommandDialog::hasCallback)) {
      dialog.addDialogListener(this::fieldChanged);
    }
    return dialog;
  }

  private void setInputs() throws InvalidInputException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (DialogField field : fields.values()) {
      values.put(field.item().getName(), field.value());
    }
    values.forEach(module::setInput);
    for (ModuleItem<?> item : fields.keySet()) {
      validate(item);
    }
    for (List<ModuleItem<?>> group : groups.values()) {
      group.forEach(item -> module.resolveInput(item.getName()));
    }
  }

  private void validate(ModuleItem<?> item) throws InvalidInputException {
    try {
      item.validate(module);
    } catch (MethodCallException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(InputText.label(item) + ": " + cause.getMessage());
    }
  }

  private static boolean hasCallback(ModuleItem<?> item) {
    return item.getCallback() != null && !item.getCallback().isEmpty();
  }

  /** Passes what has changed to the command, then shows what its callbacks have set. */
  private boolean fieldChanged(GenericDialog dialog, AWTEvent event) {
    try {
      Map<DialogField, Object> changes = new LinkedHashMap<>();
      for (DialogField field : fields.values()) {
        Object value = field.value();
        if (!Objects.equals(value, module.getInput(field.item().getName()))) {
          changes.put(field, value);
        }
      }
      for (Map.Entry<DialogField, Object> change : changes.entrySet()) {
        module.setInput(change.getKey().item().getName(), change.getValue());
        change.getKey().item().callback(module);
      }
      for (DialogField field : fields.values()) {
        Object value = module.getInput(field.item().getName());
        if (!Objects.equals(value, field.value())) {
          field.show(value);
        }
      }
      return true;
    } catch (InvalidInputException e) {
      return true; // Half-typed; it is explained when OK is pressed.
    } catch (MethodCallException e) {
      Failure.show(module.getInfo().getTitle(), e);
      return true;
    }
  }
}
