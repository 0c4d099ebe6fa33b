package io.github.posteriorj.text;

/** The text that Image > Show Info prints for a result: one line a fact, saved with the image. */
public final class Info {

  private final StringBuilder lines = new StringBuilder();

  /** Appends a line. */
  public Info add(String name, Object value) {
    lines.append(name).append(": ").append(value).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
