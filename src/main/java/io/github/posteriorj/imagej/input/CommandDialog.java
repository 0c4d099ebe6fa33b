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
 * them each group has a heading, and its inputs stand side by side. Groups that a screen has no
 * room for come in a dialog of their own after the first. The Help button explains every input.
 */
public final class CommandDialog {

  private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 12);

  /** Rows and headings that a screen of 800 pixels has room for. */
  private static final int MOST_ROWS = 23;

  private final Module module;
  private final Map<String, Object> unset;
  private final List<Group> groups;

  private CommandDialog(Module module, List<ModuleItem<?>> items, Map<String, Object> unset) {
    this.module = module;
    this.unset = unset;
    // The group without a name first.
    Map<String, List<DialogField>> fields = new LinkedHashMap<>(Map.of("", new ArrayList<>()));
    for (ModuleItem<?> item : items) {
      Object value = module.getInput(item.getName());
      fields
          .computeIfAbsent(
              InputText.attribute(item, InputText.GROUP).orElse(""), name -> new ArrayList<>())
          .add(DialogField.of(item, value == null ? unset.get(item.getName()) : value));
    }
    groups =
        fields.entrySet().stream()
            .filter(group -> !group.getValue().isEmpty())
            .map(group -> Group.of(group.getKey(), group.getValue()))
            .toList();
  }

  /** Fields below a heading. */
  private record Group(String heading, List<List<DialogField>> rows) {

    /** Side by side where they have a heading, and room. */
    static Group of(String heading, List<DialogField> fields) {
      List<List<DialogField>> rows = new ArrayList<>();
      boolean hasRoom = false;
      for (DialogField field : fields) {
        boolean beside = hasRoom && field.isNarrow();
        if (!beside) {
          rows.add(new ArrayList<>());
        }
        rows.get(rows.size() - 1).add(field);
        hasRoom = !heading.isEmpty() && !beside && field.leavesRoom();
      }
      return new Group(heading, rows);
    }

    int height() {
      return rows.size() + (heading.isEmpty() ? 0 : 1);
    }

    void addTo(GenericDialog dialog) {
      if (!heading.isEmpty()) {
        dialog.addMessage(heading, HEADING);
      }
      for (List<DialogField> row : rows) {
        row.get(0).addTo(dialog);
        for (DialogField field : row.subList(1, row.size())) {
          dialog.addToSameRow();
          field.addTo(dialog);
        }
      }
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
    List<List<Group>> pages = pages();
    for (int page = 0; page < pages.size(); page++) {
      String number = pages.size() == 1 ? "" : " (%d of %d)".formatted(page + 1, pages.size());
      if (!ask(pages.get(page), number)) {
        return false;
      }
    }
    return true;
  }

  private List<List<Group>> pages() {
    List<List<Group>> pages = new ArrayList<>();
    int height = 0;
    for (Group group : groups) {
      height += group.height();
      if (pages.isEmpty() || height > MOST_ROWS) {
        pages.add(new ArrayList<>());
        height = group.height();
      }
      pages.get(pages.size() - 1).add(group);
    }
    return pages;
  }

  private boolean ask(List<Group> page, String number) {
    while (true) {
      GenericDialog dialog = build(page, number);
      dialog.showDialog();
      if (dialog.wasCanceled()) {
        return false;
      }
      try {
        setInputs(page);
        return true;
      } catch (InvalidInputException e) {
        Failure.explain(e.getMessage());
      }
    }
  }

  private GenericDialog build(List<Group> page, String number) {
    GenericDialog dialog =
        new GenericDialog(module.getInfo().getTitle().replace("...", "") + number);
    page.forEach(group -> group.addTo(dialog));
    dialog.addHelp(
        CommandHelp.html(
            module.getInfo(),
            fields(page).stream().<ModuleItem<?>>map(DialogField::item).toList()));
    return dialog;
  }

  private static List<DialogField> fields(List<Group> page) {
    return page.stream().flatMap(group -> group.rows().stream()).flatMap(List::stream).toList();
  }

  private void setInputs(List<Group> page) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (DialogField field : fields(page)) {
      String name = field.item().getName();
      Object value = field.value();
      boolean isLeft = module.getInput(name) == null && Objects.equals(value, unset.get(name));
      values.put(name, isLeft ? null : value);
    }
    values.forEach(module::setInput);
    values.keySet().forEach(module::resolveInput);
  }
}
