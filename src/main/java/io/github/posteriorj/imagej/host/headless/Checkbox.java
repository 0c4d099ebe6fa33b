package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;
import java.awt.event.ItemListener;

/** Stands for {@link java.awt.Checkbox}, which can't be made without a display. */
public class Checkbox extends Component {

  private final CheckboxGroup group;
  private String label;
  private boolean state;

  /** Makes a checkbox that is not checked. */
  public Checkbox(String label) {
    this(label, null, false);
  }

  /** Makes a checkbox. */
  public Checkbox(String label, boolean state) {
    this(label, null, state);
  }

  /** Makes one of the radio buttons of a group. */
  public Checkbox(String label, CheckboxGroup group, boolean state) {
    this.label = label;
    this.group = group;
    setState(state);
  }

  /** Returns the text beside the box. */
  public String getLabel() {
    return label;
  }

  /** Changes the text beside the box. */
  public void setLabel(String label) {
    this.label = label;
  }

  /** Tells whether it is checked. */
  public boolean getState() {
    return group == null ? state : group.getSelectedCheckbox() == this;
  }

  /** Checks it or not. */
  public final void setState(boolean state) {
    this.state = state;
    if (state && group != null) {
      group.setSelectedCheckbox(this);
    }
  }

  /** Does nothing, as nobody can click. */
  public void addItemListener(ItemListener listener) {}
}
