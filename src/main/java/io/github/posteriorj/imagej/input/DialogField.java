package io.github.posteriorj.imagej.input;

import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * One input of a command in ImageJ's dialog.
 *
 * <p>A field is added to a dialog, read, and can be added to another one, where it shows what was
 * typed in the first. It is read from its component, not by {@link GenericDialog#getNextString} and
 * the like, because those would write to the macro recorder under other keys.
 */
abstract class DialogField {

  /** ImageJ sets the first checkbox of a dialog apart; among other fields that looks lost. */
  private static final int INDENT = 20;

  private static final int GAP = 3;

  private static final int NUMBER_COLUMNS = 8;
  private static final int TEXT_COLUMNS = 16;
  private static final int PATH_COLUMNS = 28;

  /** What is longer would make a dialog wider than a screen, such as the title of an image. */
  private static final int CHOICE_LENGTH = 32;

  private final ModuleItem<?> item;

  private DialogField(ModuleItem<?> item) {
    this.item = item;
  }

  /** Returns the field that suits an input, showing a value. */
  static DialogField of(ModuleItem<?> item, Object value) {
    List<?> choices = InputText.choices(item);
    if (!choices.isEmpty()) {
      return new ChoiceField(item, choices, value);
    }
    return Types.box(item.getType()) == Boolean.class
        ? new CheckboxField(item, Boolean.TRUE.equals(value))
        : new TextInputField(item, InputText.format(value));
  }

  final ModuleItem<?> item() {
    return item;
  }

  /** Returns the label with a colon, as ImageJ's dialogs have it. */
  final String heading() {
    String label = InputText.label(item);
    return label.matches(".*[:?]") ? label : label + ":";
  }

  /** Tells whether it has room beside another field. */
  boolean isNarrow() {
    return item.getType() != File.class;
  }

  /** Tells whether it leaves room for another field on its right. */
  boolean leavesRoom() {
    return isNarrow();
  }

  abstract void addTo(GenericDialog dialog);

  /**
   * Returns what the user has set.
   *
   * @throws InvalidInputException when that is no allowed value of the input
   */
  abstract Object value();

  /** ImageJ keeps the components of each kind in a raw vector, in the order of adding. */
  private static <C> C newest(Vector<?> components, Class<C> type) {
    return type.cast(components.lastElement());
  }

  /** Numbers, texts, files and folders. */
  private static final class TextInputField extends DialogField {

    private String text;
    private TextField component;

    TextInputField(ModuleItem<?> item, String text) {
      super(item);
      this.text = text;
    }

    @Override
    void addTo(GenericDialog dialog) {
      text = text();
      if (isNumber()) {
        dialog.addNumericField(heading(), 0, 0, NUMBER_COLUMNS, "");
        component = newest(dialog.getNumericFields(), TextField.class);
      } else {
        addText(dialog);
        component = newest(dialog.getStringFields(), TextField.class);
      }
      component.setText(text);
    }

    private void addText(GenericDialog dialog) {
      String style = String.valueOf(item().getWidgetStyle()).toLowerCase(Locale.ROOT);
      if (item().getType() != File.class) {
        dialog.addStringField(heading(), "", TEXT_COLUMNS);
      } else if (style.contains("directory")) {
        dialog.addDirectoryField(heading(), "", PATH_COLUMNS);
      } else {
        dialog.addFileField(heading(), "", PATH_COLUMNS);
      }
    }

    /** A number that may be left to the command may be left empty. */
    @Override
    Object value() {
      boolean isLeftOut = isNumber() && !item().getType().isPrimitive() && text().isBlank();
      return isLeftOut ? null : InputText.parse(item(), InputText.label(item()), text());
    }

    /** ImageJ gives a text the rest of its row. */
    @Override
    boolean leavesRoom() {
      return isNumber();
    }

    private boolean isNumber() {
      return Number.class.isAssignableFrom(Types.box(item().getType()));
    }

    private String text() {
      return component == null ? text : component.getText();
    }
  }

  /** True or false. */
  private static final class CheckboxField extends DialogField {

    private boolean checked;
    private Checkbox component;

    CheckboxField(ModuleItem<?> item, boolean checked) {
      super(item);
      this.checked = checked;
    }

    @Override
    void addTo(GenericDialog dialog) {
      checked = value();
      dialog.setInsets(0, INDENT, GAP);
      dialog.addCheckbox(InputText.label(item()), checked);
      component = newest(dialog.getCheckboxes(), Checkbox.class);
    }

    @Override
    Boolean value() {
      return component == null ? checked : component.getState();
    }
  }

  /** One of a few values. */
  private static final class ChoiceField extends DialogField {

    private final List<?> values;
    private int selected;
    private Choice component;

    ChoiceField(ModuleItem<?> item, List<?> values, Object value) {
      super(item);
      this.values = values;
      selected = Math.max(0, values.indexOf(value));
    }

    @Override
    void addTo(GenericDialog dialog) {
      selected = selected();
      dialog.addChoice(
          heading(), values.stream().map(ChoiceField::shown).toArray(String[]::new), null);
      component = newest(dialog.getChoices(), Choice.class);
      component.select(selected);
    }

    /** A long text by its beginning and its end. */
    private static String shown(Object value) {
      String text = value.toString();
      int half = (CHOICE_LENGTH - 1) / 2;
      return text.length() <= CHOICE_LENGTH
          ? text
          : text.substring(0, half) + "\u2026" + text.substring(text.length() - half);
    }

    @Override
    Object value() {
      return values.get(selected());
    }

    private int selected() {
      return component == null ? selected : component.getSelectedIndex();
    }
  }
}
