package io.github.posteriorj.job;

import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.NeuralBlur;
import io.github.posteriorj.restoration.IntensityRange;

/** Networks that see images in [-1, 1], as operators on intensities. */
public final class ScaledNetwork {

  private static final double LOW = -1;
  private static final double HIGH = 1;

  private ScaledNetwork() {}

  /** The range that is -1 to 1 itself: intensities are what the network sees. */
  public static IntensityRange ownRange() {
    return new IntensityRange(LOW, HIGH);
  }

  /** Intensities to what a network sees, the ends of the range to -1 and 1. */
  public static Affine before(IntensityRange range) {
    IntensityScale scale = scale(range);
    return new Affine(1 / scale.slope(), -scale.offset() / scale.slope());
  }

  /** A network that blurs, from intensities to intensities. */
  public static ForwardOperator blur(ForwardOperator network, IntensityRange range) {
    IntensityScale scale = scale(range);
    return Composition.of(
        before(range), new NeuralBlur(network), new Affine(scale.slope(), scale.offset()));
  }

  /** The mean of a pattern of light: how many times brighter it makes what a network sees. */
  public static double strength(NamedPlane light) {
    double sum = 0;
    for (float weight : light.values()) {
      sum += weight;
    }
    return sum / light.values().length;
  }

  private static IntensityScale scale(IntensityRange range) {
    return new IntensityScale(range.black(), range.white(), LOW, HIGH);
  }
}
