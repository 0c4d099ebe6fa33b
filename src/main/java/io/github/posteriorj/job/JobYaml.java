package io.github.posteriorj.job;

import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.restoration.CameraNoise;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.UnknownGaussianNoise;
import io.github.posteriorj.solver.MethodSettings;
import io.github.posteriorj.text.RecordYaml;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs as YAML: the kinds of instruments and noises that there are. */
public final class JobYaml {

  private static final Map<String, Class<? extends ForwardModel>> FORWARD_MODELS =
      new LinkedHashMap<>();

  static {
    FORWARD_MODELS.put("Gaussian blur", GaussianBlurring.class);
    FORWARD_MODELS.put("point spread function", ComputedPsf.class);
    FORWARD_MODELS.put("image of a point spread function", PsfImage.class);
    FORWARD_MODELS.put("straight motion", StraightMotion.class);
    FORWARD_MODELS.put("average pooling", Pooling.class);
    FORWARD_MODELS.put("no blur", NoBlur.class);
    FORWARD_MODELS.put("mask", HiddenByMask.class);
    FORWARD_MODELS.put("random mask", RandomMask.class);
    FORWARD_MODELS.put("saturation", Saturating.class);
    FORWARD_MODELS.put("Fourier magnitude", Magnitudes.class);
    FORWARD_MODELS.put("network blur", NetworkBlurring.class);
    FORWARD_MODELS.put("network output", NetworkOutput.class);
    FORWARD_MODELS.put("gray of colours", GrayOfColours.class);
  }

  private static final Map<String, Class<? extends NoiseModel>> NOISES =
      Map.of(
          "Gaussian", GaussianNoise.class,
          "Gaussian of unknown level", UnknownGaussianNoise.class,
          "camera", CameraNoise.class);

  private JobYaml() {}

  /** The kinds of instruments that jobs can have. */
  static Collection<Class<? extends ForwardModel>> forwardModels() {
    return FORWARD_MODELS.values();
  }

  /** Writes jobs, and reads those without large planes. */
  public static RecordYaml plain() {
    return with(WrittenPlane.NOWHERE);
  }

  /**
   * Reads jobs, and what else has instruments, methods and noises in it.
   *
   * @param resources where large planes are found, which are not in the text
   */
  public static RecordYaml of(Resources resources) {
    return with(resources::plane);
  }

  /** Reads jobs, with large planes from where they are found. */
  static RecordYaml with(WrittenPlane.Source source) {
    return MethodSettings.in(RecordYaml.PLAIN)
        .withSurrogate(NamedPlane.class, WrittenPlane.class, WrittenPlane.form(source))
        .withSurrogate(PosteriorMap.class, WrittenMap.class, WrittenMap.FORM)
        .withKinds(ForwardModel.class, FORWARD_MODELS)
        .withKinds(NoiseModel.class, NOISES);
  }
}
