package io.github.posteriorj.imagej.host.headless;

import java.awt.MenuShortcut;
import java.awt.event.ActionListener;

/** Stands for {@link java.awt.MenuItem}, which can't be made without a display. */
public class MenuItem extends MenuComponent {

  private String label;

  /** Makes a menu item. */
  public MenuItem(String label) {
    this.label = label;
  }

  /** Makes a menu item; nobody can press its shortcut. */
  public MenuItem(String label, MenuShortcut shortcut) {
    this(label);
  }

  /** Returns what the item says. */
  public String getLabel() {
    return label;
  }

  /** Changes what the item says. */
  public void setLabel(String label) {
    this.label = label;
  }

  /** Does nothing, as nobody can choose the item. */
  public void setEnabled(boolean enabled) {}

  /** Does nothing, as nobody can choose the item. */
  public void setActionCommand(String command) {}

  /** Does nothing, as nobody can choose the item. */
  public void addActionListener(ActionListener listener) {}
}
