package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.image.NoiseLevel;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.LinearOperator;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.sampler.EulerMaruyama;
import io.github.posteriorj.sampler.LangevinSampler;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.SamplingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The main job, without a user interface: one gray plane in, its posterior summary out.
 *
 * <pre>{@code
 * PosteriorSummary summary =
 *     new Restoration(model, 1, new GaussianBlur(2), settings)
 *         .run(plane, 0, Optional.empty(), SamplingListener.NONE);
 * }</pre>
 *
 * @param model the prior's network
 * @param generationSteps steps of the prior, K of {@link ConsistencyModel#multistep}
 * @param operator what the instrument did to the sharp image
 * @param settings how to sample
 */
public record Restoration(
    ConsistencyModel model,
    int generationSteps,
    LinearOperator operator,
    SamplerSettings settings) {

  /**
   * Samples the sharp images behind a measurement.
   *
   * @param plane the measurement y: X, Y, finite values
   * @param noise the standard deviation of its noise in its own units, or 0 to estimate it ({@link
   *     NoiseLevel})
   * @param range the intensities of the sharp image that map to the ends of the model's range, or
   *     empty to estimate them ({@link IntensityRange})
   * @param listener hears of the progress, and may end the run
   * @throws IllegalArgumentException if the plane or a number does not fit, or the network's
   *     gradient does not fit into memory; the message says which, and what to change
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   * @throws ArithmeticException if sampling meets numbers that are not finite
   */
  public PosteriorSummary run(
      RandomAccessibleInterval<? extends RealType<?>> plane,
      double noise,
      Optional<IntensityRange> range,
      SamplingListener listener) {
    if (!(noise >= 0) || !Double.isFinite(noise)) {
      throw new IllegalArgumentException(
          "The noise level must be a positive number in the image's intensity units, or 0 to"
              + " estimate it, not "
              + noise
              + ".");
    }
    int width = Math.toIntExact(plane.dimension(0));
    int height = Math.toIntExact(plane.dimension(1));
    Shape shape = new Shape(1, height, width);
    float[] measurement = Planes.pixels(plane);
    CroppedPrior prior = model.forImages(generationSteps, shape, settings.seed());
    return memoryNeed(prior.noiseShape())
        .guard(
            model.device().isCpu(),
            () -> sample(prior, measurement, width, height, noise, range, listener));
  }

  private PosteriorSummary sample(
      CroppedPrior prior,
      float[] measurement,
      int width,
      int height,
      double noise,
      Optional<IntensityRange> range,
      SamplingListener listener) {
    Shape shape = prior.imageShape();
    double sigma = noise == 0 ? estimatedNoise(measurement, width, height) : noise;
    IntensityScale scale = scale(range, measurement, shape);
    Posterior posterior =
        new Posterior(
            prior,
            operator,
            new GaussianLikelihood(sigma / scale.slope()),
            scale.toModel(measurement),
            model::newScope);

    List<float[]> samples = new ArrayList<>(settings.samples());
    OnlineMoments moments = new OnlineMoments(measurement.length);
    OnlineMoments misfits = new OnlineMoments(1);
    SamplerReport report =
        new LangevinSampler(new EulerMaruyama(), settings)
            .run(
                posterior,
                sample -> {
                  samples.add(scale.toIntensity(sample.image()));
                  moments.add(sample.image());
                  misfits.add(new float[] {(float) sample.misfit()});
                },
                listener);
    return new PosteriorSummary(
        Planes.stack(samples, width, height),
        Planes.of(scale.toIntensity(moments.mean()), width, height),
        Planes.of(scale.toIntensityVariance(moments.variance()), width, height),
        scale,
        sigma,
        2 * misfits.mean()[0] / posterior.measurementSize(),
        report);
  }

  private MemoryNeed memoryNeed(Shape noise) {
    return new MemoryNeed(
        (double) model.card().gradientBytesPerPixel()
            * generationSteps
            * Posterior.pixelsAtOnce(noise, settings.chains(), !model.device().isCpu()),
        "Choose a smaller field (Image > Crop)"
            + (generationSteps > 1 ? " or fewer generation steps." : "."));
  }

  private static double estimatedNoise(float[] measurement, int width, int height) {
    double sigma = NoiseLevel.estimate(measurement, width, height);
    if (!(sigma > 0)) {
      throw new IllegalArgumentException(
          "The image shows no noise to estimate its level from. Set noise to the standard deviation"
              + " that you expect, in the image's intensity units.");
    }
    return sigma;
  }

  private IntensityScale scale(Optional<IntensityRange> range, float[] measurement, Shape shape) {
    try (NDManager scope = model.newScope()) {
      IntensityRange used =
          range.orElseGet(() -> IntensityRange.estimate(measurement, shape, operator, scope));
      return new IntensityScale(
          used.black(), used.white(), model.card().low(), model.card().high());
    }
  }
}
