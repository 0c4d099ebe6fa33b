package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;
import java.awt.event.TextListener;

/** Stands for {@link java.awt.TextComponent}, which can't be made without a display. */
public class TextComponent extends Component {

  private String text;

  TextComponent(String text) {
    setText(text);
  }

  /** Returns the text. */
  public String getText() {
    return text;
  }

  /** Changes the text. */
  public final void setText(String text) {
    this.text = text == null ? "" : text;
  }

  /** Does nothing, as nobody can type. */
  public void setEditable(boolean editable) {}

  /** Does nothing, as nothing is seen. */
  public void selectAll() {}

  /** Does nothing, as nothing is seen. */
  public void select(int start, int end) {}

  /** Does nothing, as nobody can type. */
  public void addTextListener(TextListener listener) {}
}
