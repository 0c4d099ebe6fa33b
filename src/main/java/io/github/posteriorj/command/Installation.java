package io.github.posteriorj.command;

import ij.IJ;
import io.github.posteriorj.prior.PriorLibrary;
import java.nio.file.Path;
import java.util.List;

/** Where the plugin is installed, and which version of it. */
public final class Installation {

  private Installation() {}

  /** The priors in the {@code models} folder of the ImageJ that is running. */
  public static PriorLibrary priors() {
    String folder = IJ.getDirectory("imagej");
    return new PriorLibrary(folder == null ? List.of() : List.of(Path.of(folder, "models")));
  }

  /** The plugin's version, or "development" when it runs from classes. */
  public static String version() {
    String version = Installation.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
