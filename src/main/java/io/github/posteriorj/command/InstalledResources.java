package io.github.posteriorj.command;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.imagej.MeasuredImage;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.library.InstalledPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What jobs need, from this installation and from the images that are open.
 *
 * @param consent asked before a network of unknown origin runs
 */
public record InstalledResources(Consent consent) implements Resources {

  @Override
  public InstalledPrior prior(String name) throws IOException {
    return Installation.prior(name);
  }

  @Override
  public Path network(String name) {
    Path path = Path.of(name);
    if (Files.exists(path) || IJ.getDirectory("imagej") == null) {
      return path;
    }
    Path operators = Path.of(IJ.getDirectory("imagej"), "models", "operators");
    Path bundled = operators.resolve(name.replaceFirst("\\.pt$", "")).resolve(name);
    return Files.exists(bundled) ? bundled : path;
  }

  @Override
  public NamedPlane plane(String title, String sha256) throws IOException {
    ImagePlus image =
        MeasuredImage.find(sha256)
            .orElseThrow(
                () ->
                    new IOException(
                        ("The job needs the image \"%s\" as it was then (SHA-256 of its values:"
                                + " %s), which is not open. Open it first.")
                            .formatted(title, sha256)));
    NamedPlane found = MeasuredImage.plane(image, InputPlane.IMAGE).orElseThrow();
    return new NamedPlane(title, found.width(), found.height(), found.values());
  }
}
