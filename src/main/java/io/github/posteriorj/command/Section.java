package io.github.posteriorj.command;

import io.github.posteriorj.imagej.input.InputText;
import java.util.List;
import org.scijava.module.ModuleItem;

/**
 * The sections of a command's inputs, in the order in which a microscopist thinks: what was
 * measured, by which instrument, with which noise, what is wanted, and how it is done.
 */
public final class Section {

  /** The attribute of an input that names its section; without it, it is {@link #INSTRUMENT}. */
  public static final String ATTRIBUTE = "section";

  /** The images that a command works on. */
  public static final String IMAGE = "Image";

  /** What turns a sharp image into a measurement; whatever else a command is about. */
  public static final String INSTRUMENT = "Instrument";

  /** Noise, and the camera that makes it. */
  public static final String NOISE = "Noise and camera";

  /** The sharp image's intensities. */
  public static final String RANGE = "Intensity range of the sharp image";

  /** How many images to draw, and which. */
  public static final String SAMPLES = "Samples";

  /** What sharp images look like. */
  public static final String PRIOR = "Prior";

  /** How well and how fast the posterior is sampled. */
  public static final String QUALITY = "Quality";

  /** Settings of methods to compare with. */
  public static final String OTHER_METHODS = "Methods to compare with";

  /** What is shown in the end. */
  public static final String RESULTS = "Results";

  /** The way to all others. */
  static final String ALL_SETTINGS = "All settings";

  private static final List<String> ORDER =
      List.of(
          IMAGE,
          INSTRUMENT,
          NOISE,
          RANGE,
          SAMPLES,
          PRIOR,
          QUALITY,
          OTHER_METHODS,
          RESULTS,
          ALL_SETTINGS);

  private Section() {}

  /** The place of an input in dialogs: those in view by their sections, then the others. */
  static int rank(ModuleItem<?> item) {
    String hidden = InputText.attribute(item, InputText.GROUP).orElse(null);
    String section =
        hidden != null ? hidden : InputText.attribute(item, ATTRIBUTE).orElse(INSTRUMENT);
    int place = ORDER.indexOf(ORDER.contains(section) ? section : INSTRUMENT);
    return hidden == null ? place : ORDER.size() + place;
  }
}
