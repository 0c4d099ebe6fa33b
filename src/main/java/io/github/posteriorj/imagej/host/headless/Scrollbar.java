package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;
import java.awt.event.AdjustmentListener;

/** Stands for {@link java.awt.Scrollbar}, which can't be made without a display. */
public class Scrollbar extends Component {

  private int value;

  /** Makes a scroll bar. */
  public Scrollbar(int orientation, int value, int visible, int minimum, int maximum) {
    this.value = value;
  }

  /** Returns its position. */
  public int getValue() {
    return value;
  }

  /** Changes its position. */
  public void setValue(int value) {
    this.value = value;
  }

  /** Does nothing, as nobody can scroll. */
  public void setUnitIncrement(int increment) {}

  /** Does nothing, as nobody can scroll. */
  public void addAdjustmentListener(AdjustmentListener listener) {}
}
