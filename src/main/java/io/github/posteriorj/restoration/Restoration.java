package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSampler;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.SamplingListener;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The main job, without a user interface: a measurement in, its posterior summary out.
 *
 * <p>The operator and the noise are in the measurement's own units: the prior's images are mapped
 * to intensities first ({@link IntensityScale}), the operator acts on intensities, and the
 * likelihood compares what comes out with the measurement. For operators and noise that are defined
 * on the model's range, as the papers' are, choose that range as the range of intensities.
 *
 * <pre>{@code
 * PosteriorSummary summary =
 *     new Restoration(model, 1, new GaussianBlur(2), settings)
 *         .run(
 *             Measurement.of(plane),
 *             new GaussianNoise(0),
 *             Optional.empty(),
 *             SamplingListener.NONE);
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
    ForwardOperator operator,
    SamplerSettings settings) {

  /**
   * Samples the sharp images behind a measurement.
   *
   * @param measurement y, finite values
   * @param noise what is known of its noise
   * @param range the intensities of the sharp image that map to the ends of the model's range, or
   *     empty to estimate them ({@link IntensityRange})
   * @param listener hears of the progress, and may end the run
   * @throws IllegalArgumentException if the measurement, the noise or the range does not fit, or
   *     the network's gradient does not fit into memory; the message says which, and what to change
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   * @throws ArithmeticException if sampling meets numbers that are not finite
   */
  public PosteriorSummary run(
      Measurement measurement,
      NoiseModel noise,
      Optional<IntensityRange> range,
      SamplingListener listener) {
    Shape image = operator.inputShape(measurement.shape());
    CroppedPrior prior = model.forImages(generationSteps, image, settings.seed());
    return memoryNeed(prior.noiseShape())
        .guard(model.device().isCpu(), () -> sample(prior, measurement, noise, range, listener));
  }

  private PosteriorSummary sample(
      CroppedPrior prior,
      Measurement measurement,
      NoiseModel noise,
      Optional<IntensityRange> range,
      SamplingListener listener) {
    Shape image = prior.imageShape();
    Likelihood likelihood = noise.likelihood(measurement);
    IntensityScale scale = scale(range, measurement);
    Posterior posterior =
        new Posterior(
            prior,
            Composition.of(new Affine(scale.slope(), scale.offset()), operator),
            likelihood,
            measurement.values(),
            model::newScope);

    List<float[]> samples = new ArrayList<>(settings.samples());
    OnlineMoments moments = new OnlineMoments(Math.toIntExact(image.size()));
    OnlineMoments misfits = new OnlineMoments(1);
    ChainRecorder recorder = new ChainRecorder();
    SamplerReport report =
        new PosteriorSampler(settings)
            .run(
                posterior,
                sample -> {
                  float[] intensities = scale.toIntensity(sample.image());
                  samples.add(intensities);
                  recorder.add(sample, intensities);
                  moments.add(sample.image());
                  float[] prediction = prediction(intensities, image);
                  double misfit = likelihood.misfit(prediction, measurement.values());
                  misfits.add(new float[] {(float) misfit});
                },
                listener);
    long height = image.get(1);
    long width = image.get(2);
    return new PosteriorSummary(
        Planes.stack(samples, width, height),
        Planes.of(scale.toIntensity(moments.mean()), width, height),
        Planes.of(scale.toIntensityVariance(moments.variance()), width, height),
        scale,
        likelihood,
        misfits.mean()[0],
        report,
        recorder.diagnose());
  }

  private float[] prediction(float[] image, Shape shape) {
    try (NDManager scope = model.newScope()) {
      return operator
          .apply(DeviceArrays.copyOf(scope, image, new Shape(1).addAll(shape)))
          .toFloatArray();
    }
  }

  private MemoryNeed memoryNeed(Shape noise) {
    return new MemoryNeed(
        (double) model.card().gradientBytesPerPixel()
            * generationSteps
            * Posterior.pixelsAtOnce(noise, settings.chains(), !model.device().isCpu()),
        "Choose a smaller field (Image > Crop)"
            + (generationSteps > 1 ? " or fewer generation steps." : "."));
  }

  private IntensityScale scale(Optional<IntensityRange> range, Measurement measurement) {
    try (NDManager scope = model.newScope()) {
      IntensityRange used =
          range.orElseGet(() -> IntensityRange.estimate(measurement, operator, scope));
      return new IntensityScale(
          used.black(), used.white(), model.card().low(), model.card().high());
    }
  }
}
