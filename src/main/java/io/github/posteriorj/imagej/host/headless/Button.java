package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;
import java.awt.event.ActionListener;

/** Stands for {@link java.awt.Button}, which can't be made without a display. */
public class Button extends Component {

  private String label;

  /** Makes a button. */
  public Button(String label) {
    this.label = label;
  }

  /** Returns the text on the button. */
  public String getLabel() {
    return label;
  }

  /** Changes the text on the button. */
  public void setLabel(String label) {
    this.label = label;
  }

  /** Does nothing, as nobody can press the button. */
  public void addActionListener(ActionListener listener) {}
}
