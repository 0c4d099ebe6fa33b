package io.github.posteriorj.imagej.host.headless;

import java.awt.event.ActionListener;

/** Stands for {@link java.awt.TextField}, which can't be made without a display. */
public class TextField extends TextComponent {

  /** Makes a text field. */
  public TextField(String text, int columns) {
    super(text);
  }

  /** Does nothing, as nobody can type. */
  public void addActionListener(ActionListener listener) {}

  /** Does nothing, as nothing is seen. */
  public void setEchoChar(char echo) {}

  /** Does nothing, as nothing can be dropped. */
  public void setDropTarget(DropTarget target) {}
}
