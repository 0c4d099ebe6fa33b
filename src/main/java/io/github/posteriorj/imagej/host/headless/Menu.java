package io.github.posteriorj.imagej.host.headless;

import java.util.ArrayList;
import java.util.List;

/** Stands for {@link java.awt.Menu}, which can't be made without a display. */
public class Menu extends MenuItem {

  private final List<MenuItem> items = new ArrayList<>();

  /** Makes an empty menu. */
  public Menu(String label) {
    super(label);
  }

  /** Adds an item at the end. */
  public MenuItem add(MenuItem item) {
    items.add(item);
    return item;
  }

  /** Puts an item before another one. */
  public void insert(MenuItem item, int index) {
    items.add(Math.min(index, items.size()), item);
  }

  /** Adds a line, which is an item labelled with a dash. */
  public void addSeparator() {
    add(new MenuItem("-"));
  }

  /** Returns an item. */
  public MenuItem getItem(int index) {
    return items.get(index);
  }

  /** Returns how many items there are, lines included. */
  public int getItemCount() {
    return items.size();
  }

  /** Takes an item out. */
  public void remove(int index) {
    items.remove(index);
  }
}
