package io.github.posteriorj.imagej.host;

/** Says that no answer came out of a dialog; the message is empty when the user wished it so. */
final class DialogCanceledException extends Exception {

  private static final long serialVersionUID = 1L;

  DialogCanceledException(String message) {
    super(message);
  }
}
