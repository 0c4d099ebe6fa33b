package io.github.posteriorj.imagej.host;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import org.scijava.module.Module;
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

  private final ModuleItem<?> item;

  private DialogField(ModuleItem<?> item) {
    this.item = item;
  }

  /** Returns the field that suits an input, showing the input's present value. */
  static DialogField of(ModuleItem<?> item, Module module) {
    Class<?> type = Types.box(item.getType());
    Object value = module.getInput(item.getName());
    if (type == ImagePlus.class) {
      return imageField(item, (ImagePlus) value);
    }
    List<?> choices = InputText.choices(item);
    if (!choices.isEmpty()) {
      return new ChoiceField(item, choices, choices.stream().map(Object::toString).toList(), value);
    }
    if (type == Boolean.class) {
      return new CheckboxField(item, Boolean.TRUE.equals(value));
    }
    return new TextInputField(item, InputText.format(value));
  }

  /** Offers the open images, and none where the input may stay empty. */
  private static DialogField imageField(ModuleItem<?> item, ImagePlus value) {
    List<ImagePlus> images = new ArrayList<>(InputText.openImages());
    List<String> titles = new ArrayList<>(images.stream().map(ImagePlus::getTitle).toList());
    if (!item.isRequired()) {
      images.add(0, null);
      titles.add(0, "None");
    }
    boolean isPreset = value == null && item.isAutoFill();
    return new ChoiceField(
        item, images, titles, isPreset ? WindowManager.getCurrentImage() : value);
  }

  final ModuleItem<?> item() {
    return item;
  }

  /** Returns the label with a colon, as ImageJ's dialogs have it. */
  final String heading() {
    String label = InputText.label(item);
    return label.matches(".*[:?]") ? label : label + ":";
  }

  abstract void addTo(GenericDialog dialog);

  /**
   * Returns what the user has set.
   *
   * @throws InvalidInputException when that is no allowed value of the input
   */
  abstract Object value() throws InvalidInputException;

  /** Shows another value, one that a callback has set. */
  abstract void show(Object value);

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
      Class<?> type = Types.box(item().getType());
      String style = String.valueOf(item().getWidgetStyle()).toLowerCase(Locale.ROOT);
      if (Number.class.isAssignableFrom(type)) {
        String unit = InputText.unit(item()).orElse("");
        dialog.addNumericField(heading(), 0, 0, NUMBER_COLUMNS, unit);
        component = newest(dialog.getNumericFields(), TextField.class);
      } else {
        if (type == File.class && style.contains("directory")) {
          dialog.addDirectoryField(heading(), "", PATH_COLUMNS);
        } else if (type == File.class) {
          dialog.addFileField(heading(), "", PATH_COLUMNS);
        } else {
          if (style.contains("password")) {
            dialog.setEchoChar('*');
          }
          dialog.addStringField(heading(), "", TEXT_COLUMNS);
        }
        component = newest(dialog.getStringFields(), TextField.class);
      }
      component.setText(text);
    }

    @Override
    Object value() throws InvalidInputException {
      Object value = InputText.parse(item(), InputText.label(item()), text());
      InputText.checkRange(item(), InputText.label(item()), value);
      return value;
    }

    @Override
    void show(Object value) {
      component.setText(InputText.format(value));
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

    @Override
    void show(Object value) {
      component.setState(Boolean.TRUE.equals(value));
    }
  }

  /** One of a few values, chosen by place: two images may have one title. */
  private static final class ChoiceField extends DialogField {

    private final List<?> values;
    private final List<String> names;
    private int selected;
    private Choice component;

    ChoiceField(ModuleItem<?> item, List<?> values, List<String> names, Object value) {
      super(item);
      this.values = values;
      this.names = names;
      selected = Math.max(0, values.indexOf(value));
    }

    @Override
    void addTo(GenericDialog dialog) {
      selected = selected();
      dialog.addChoice(heading(), names.toArray(String[]::new), null);
      component = newest(dialog.getChoices(), Choice.class);
      component.select(selected);
    }

    @Override
    Object value() {
      return values.get(selected());
    }

    @Override
    void show(Object value) {
      component.select(Math.max(0, values.indexOf(value)));
    }

    private int selected() {
      return component == null ? selected : component.getSelectedIndex();
    }
  }

  /** Tells whether an image would have to be chosen while none is open. */
  static boolean lacksImage(ModuleItem<?> item) {
    return item.getType() == ImagePlus.class
        && item.isRequired()
        && InputText.openImages().isEmpty();
  }

  /** Shows an error while a dialog is being answered; a macro goes on afterwards. */
  static void explain(InvalidInputException problem) {
    IJ.showMessage("PosteriorJ", Failure.inLines(problem.getMessage()));
  }
}
