package io.github.posteriorj.command.restore;

/** How a warning is said where there is little room. */
final class Warning {

  private Warning() {}

  /** Its first sentence, marked as a warning: what is wrong, without what to do. */
  static String inShort(String warning) {
    return "Warning: " + warning.split("(?<=[.!?:]) ", 2)[0];
  }
}
