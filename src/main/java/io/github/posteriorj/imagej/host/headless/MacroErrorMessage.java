package io.github.posteriorj.imagej.host.headless;

/** Stands for the dialog in which ImageJ shows the error that ended a macro: prints it instead. */
public class MacroErrorMessage {

  private final String title;
  private String message = "";

  /** Begins a message. */
  public MacroErrorMessage(String title) {
    this.title = title;
  }

  /** Does nothing, as the message is printed. */
  public void setInsets(int top, int left, int bottom) {}

  /** Sets what the message says. */
  public void addMessage(String message) {
    this.message = message;
  }

  /** Does nothing, as nobody can click. */
  public void addCheckbox(String label, boolean checked) {}

  /** Does nothing, as nobody can click. */
  public void hideCancelButton() {}

  /** Prints the message. */
  public void showDialog() {
    System.out.println(title + ": " + message);
  }

  /** Returns that no Debug window is wished. */
  public boolean getNextBoolean() {
    return false;
  }

  /** Returns that nobody has canceled. */
  public boolean wasCanceled() {
    return false;
  }
}
