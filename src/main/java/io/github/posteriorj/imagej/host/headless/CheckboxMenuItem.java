package io.github.posteriorj.imagej.host.headless;

import java.awt.event.ItemListener;

/** Stands for {@link java.awt.CheckboxMenuItem}, which can't be made without a display. */
public class CheckboxMenuItem extends MenuItem {

  private boolean state;

  /** Makes an item that is not checked. */
  public CheckboxMenuItem(String label) {
    super(label);
  }

  /** Tells whether it is checked. */
  public boolean getState() {
    return state;
  }

  /** Checks it or not. */
  public void setState(boolean state) {
    this.state = state;
  }

  /** Does nothing, as nobody can choose the item. */
  public void addItemListener(ItemListener listener) {}
}
