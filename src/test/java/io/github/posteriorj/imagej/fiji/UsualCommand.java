package io.github.posteriorj.imagej.fiji;

import ij.IJ;
import ij.ImagePlus;
import java.io.File;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.DynamicCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command written as one would at first, with an input of every kind that dialogs show. */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ Test>Usual...")
public class UsualCommand extends DynamicCommand {

  static final String REFUSAL = "No more.";

  /** What the last run was given. */
  static volatile String given;

  @Parameter(visibility = ItemVisibility.MESSAGE, persist = false)
  private String hint = "This is a message.";

  @Parameter(label = "Image", required = false, persist = false)
  private ImagePlus image;

  @Parameter(label = "Mask", required = false, autoFill = false, persist = false)
  private ImagePlus mask;

  @Parameter(label = "Sigma", description = "How far a point spreads.", persist = false)
  private double sigma = 2;

  @Parameter(label = "Aperture", persist = false)
  private double aperture = 1.25;

  @Parameter(label = "Rate", persist = false, stepSize = "0.01")
  private double rate = 3;

  @Parameter(label = "Radius", persist = false, style = "format:0.####")
  private double radius = 1;

  @Parameter(label = "Share", min = "0.5", max = "1", persist = false)
  private double share = 0.25;

  @Parameter(label = "Samples", min = "1", persist = false)
  private int samples = 10;

  @Parameter(
      label = "Method",
      choices = {"fast", "exact"},
      persist = false)
  private String method = "slow";

  @Parameter(label = "Title", persist = false)
  private String title = "cells";

  @Parameter(label = "File", required = false, persist = false)
  private File file;

  @Parameter(label = "Quiet", persist = false)
  private boolean quiet = true;

  @Parameter(visibility = ItemVisibility.INVISIBLE, persist = false)
  private String invisible = "";

  @Parameter(label = "Resolved", persist = false)
  private String resolved = "";

  @Override
  public void initialize() {
    resolveInput("resolved");
  }

  @Override
  public void run() {
    given = sigma + " " + samples + " " + method + " " + (image == null ? "" : image.getTitle());
    switch (title) {
      case "refuse" -> IJ.error("PosteriorJ", REFUSAL);
      case "fail" -> throw new UnsupportedOperationException();
      default -> {}
    }
  }
}
