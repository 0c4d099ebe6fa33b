package io.github.posteriorj.command;

import java.util.List;

/** What can be chosen of that only the installation knows. */
final class InstalledChoices {

  /** The attribute of an input that names what it chooses of. */
  static final String ATTRIBUTE = "choices";

  /** The names of priors. */
  static final String PRIORS = "priors";

  /** The names of qualities. */
  static final String QUALITIES = "qualities";

  /** The names of cameras. */
  static final String CAMERAS = "cameras";

  private InstalledChoices() {}

  /** The names of all there are. */
  static List<String> of(String kind) {
    return switch (kind) {
      case PRIORS -> Installation.priors().names();
      case QUALITIES -> Installation.qualities().names();
      case CAMERAS -> Installation.cameras().names();
      default ->
          throw new IllegalArgumentException("Nothing of the kind " + kind + " is installed");
    };
  }
}
