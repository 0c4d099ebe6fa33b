package io.github.posteriorj.imagej.host.headless;

/** Stands for {@link java.awt.TextArea}, which can't be made without a display. */
public class TextArea extends TextComponent {

  /** Makes a text area. */
  public TextArea(String text, int rows, int columns, int scrollbars) {
    super(text);
  }

  /** Adds text at the end. */
  public void append(String text) {
    setText(getText() + text);
  }
}
