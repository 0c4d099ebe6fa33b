package io.github.posteriorj.imagej.input;

/**
 * Says, in words for the user, what is wrong with a value given in a macro or a dialog: what was
 * given, what is allowed, what to do.
 */
public final class InvalidInputException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidInputException(String message) {
    super(message);
  }
}
