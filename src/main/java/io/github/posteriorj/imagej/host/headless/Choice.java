package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;
import java.awt.event.ItemListener;
import java.util.ArrayList;
import java.util.List;

/** Stands for {@link java.awt.Choice}, which can't be made without a display. */
public class Choice extends Component {

  private final List<String> items = new ArrayList<>();
  private int selected = -1;

  /** Adds an item at the end. */
  public void add(String item) {
    items.add(item);
    selected = Math.max(selected, 0);
  }

  /** Adds an item at the end. */
  public void addItem(String item) {
    add(item);
  }

  /** Returns an item. */
  public String getItem(int index) {
    return items.get(index);
  }

  /** Returns how many items there are. */
  public int getItemCount() {
    return items.size();
  }

  /** Selects an item by its place. */
  public void select(int index) {
    selected = index;
  }

  /** Selects an item by its text; does nothing when there is none such. */
  public void select(String item) {
    if (items.contains(item)) {
      selected = items.indexOf(item);
    }
  }

  /** Returns the place of the selected item, or -1. */
  public int getSelectedIndex() {
    return selected;
  }

  /** Returns the selected item, or null. */
  public String getSelectedItem() {
    return selected < 0 ? null : items.get(selected);
  }

  /** Does nothing, as nobody can choose. */
  public void addItemListener(ItemListener listener) {}
}
