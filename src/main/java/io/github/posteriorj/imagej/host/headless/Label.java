package io.github.posteriorj.imagej.host.headless;

import java.awt.Component;

/** Stands for {@link java.awt.Label}, which can't be made without a display. */
public class Label extends Component {

  private String text;

  /** Makes a label. */
  public Label(String text) {
    this.text = text;
  }

  /** Returns the text. */
  public String getText() {
    return text;
  }

  /** Changes the text. */
  public void setText(String text) {
    this.text = text;
  }
}
