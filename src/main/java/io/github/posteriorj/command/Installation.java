package io.github.posteriorj.command;

import ij.IJ;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.PriorLibrary;
import io.github.posteriorj.library.TrustedNetworks;
import io.github.posteriorj.profile.Camera;
import io.github.posteriorj.profile.Profiles;
import io.github.posteriorj.profile.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the plugin is installed, and which version of it. */
public final class Installation {

  private Installation() {}

  /** The folder of the user's own priors and settings, unless this property names another one. */
  private static final String HOME_PROPERTY = "posteriorj.home";

  /**
   * The priors in the {@code models} folder of the ImageJ that is running, then those in {@link
   * #userModels}. A prior of the first hides one of the same name in the second, so that an
   * installation gives all of its users the same results.
   */
  public static PriorLibrary priors() {
    return new PriorLibrary(
        Stream.concat(bundledModels().stream(), Stream.of(userModels())).toList());
  }

  /**
   * One of {@link #priors}, to be opened.
   *
   * @param name the prior's name, or a path to its folder
   * @throws IOException if there is no such prior, or its card cannot be used; the message says why
   */
  public static InstalledPrior prior(String name) throws IOException {
    return InstalledPrior.of(priors().find(name));
  }

  /** The {@code models} folder of the ImageJ that is running, if it has a folder. */
  public static Optional<Path> bundledModels() {
    return Optional.ofNullable(IJ.getDirectory("imagej")).map(folder -> Path.of(folder, "models"));
  }

  /** Where priors go that the user imports or trains: {@code .posteriorj/models} of the home. */
  public static Path userModels() {
    return home().resolve("models");
  }

  /** The networks that the user trusts. */
  public static TrustedNetworks trustedNetworks() {
    return new TrustedNetworks(home().resolve("trusted-networks.txt"), bundledModels());
  }

  /** The qualities that come with the program, and those in {@code .posteriorj/qualities}. */
  public static Profiles<Quality> qualities() {
    return Quality.all(home().resolve("qualities"));
  }

  /** The cameras that come with the program, and those in {@code .posteriorj/cameras}. */
  public static Profiles<Camera> cameras() {
    return Camera.all(home().resolve("cameras"));
  }

  private static Path home() {
    String home = System.getProperty(HOME_PROPERTY);
    return home == null
        ? Path.of(System.getProperty("user.home"), ".posteriorj")
        : Path.of(home).toAbsolutePath();
  }

  /** The plugin's version, or "development" when it runs from classes. */
  public static String version() {
    String version = Installation.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
