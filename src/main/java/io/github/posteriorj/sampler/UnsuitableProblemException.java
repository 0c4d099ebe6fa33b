package io.github.posteriorj.sampler;

/** A method that refuses a problem, because it is not for problems of its kind. */
public final class UnsuitableProblemException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param message why, and what to do, for people
   */
  public UnsuitableProblemException(String message) {
    super(message);
  }
}
