package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.ObservedLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.OnlineMoments;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.PosteriorSampler;
import io.github.posteriorj.sampler.SamplerReport;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.MemoryNeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

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
 *             Progress.NONE);
 * }</pre>
 *
 * @param model the prior's network
 * @param generationSteps steps of the prior, K of {@link GenerativeModel#forImages}
 * @param operator what the instrument did to the sharp image
 * @param settings how to sample
 * @param restarts chains that are run for each chain that is kept, the best ones by their
 *     likelihood: 1 keeps all. More are for measurements that images unlike each other explain
 *     nearly as well, such as a Fourier magnitude, where most chains end at a poor one
 */
public record Restoration(
    GenerativeModel model,
    int generationSteps,
    ForwardOperator operator,
    SamplerSettings settings,
    int restarts) {

  /**
   * Checks the restarts.
   *
   * @throws IllegalArgumentException if there are less than one
   */
  public Restoration {
    if (restarts < 1) {
      throw new IllegalArgumentException(
          "The number of restarts must be 1 or more, not " + restarts + ".");
    }
  }

  /** The main job in which all chains are kept. */
  public Restoration(
      GenerativeModel model,
      int generationSteps,
      ForwardOperator operator,
      SamplerSettings settings) {
    this(model, generationSteps, operator, settings, 1);
  }

  /**
   * Samples the sharp images behind a measurement.
   *
   * @param measurement y, finite values, NaN where nothing was observed
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
      Progress listener) {
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
      Progress listener) {
    Shape image = prior.imageShape();
    float[] y = measurement.filled();
    Likelihood likelihood = noise.likelihood(measurement);
    if (!measurement.isComplete()) {
      likelihood = new ObservedLikelihood(likelihood, measurement.observed());
    }
    likelihood.check(y);
    IntensityScale scale = scale(range, measurement);
    Posterior posterior =
        new Posterior(
            prior,
            Composition.of(new Affine(scale.slope(), scale.offset()), operator),
            likelihood,
            y,
            model::newScope);

    List<PosteriorSample> drawn = new ArrayList<>();
    SamplerReport report =
        new PosteriorSampler(settings.withRestarts(restarts)).run(posterior, drawn::add, listener);
    List<float[]> samples = new ArrayList<>(settings.samples());
    OnlineMoments moments = new OnlineMoments(Math.toIntExact(image.size()));
    OnlineMoments misfits = new OnlineMoments(1);
    ChainRecorder recorder = new ChainRecorder();
    for (PosteriorSample sample : ofBestChains(drawn)) {
      float[] intensities = scale.toIntensity(sample.image());
      samples.add(intensities);
      recorder.add(sample, intensities);
      moments.add(sample.image());
      double misfit = likelihood.misfit(prediction(intensities, image), y);
      misfits.add(new float[] {(float) misfit});
    }
    return new PosteriorSummary(
        stack(samples, image),
        stack(List.of(scale.toIntensity(moments.mean())), image),
        stack(List.of(scale.toIntensityVariance(moments.variance())), image),
        scale,
        likelihood,
        misfits.mean()[0],
        settings,
        report,
        recorder.diagnose());
  }

  /**
   * The samples of the best chains, by their mean negative log-likelihood: one chain of as many as
   * there are restarts. The best chain becomes the first.
   */
  private List<PosteriorSample> ofBestChains(List<PosteriorSample> drawn) {
    if (restarts == 1) {
      return drawn;
    }
    List<Integer> ranked =
        drawn.stream()
            .collect(
                Collectors.groupingBy(
                    PosteriorSample::chain, Collectors.averagingDouble(PosteriorSample::misfit)))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByValue())
            .limit(settings.chains())
            .map(Map.Entry::getKey)
            .toList();
    return drawn.stream()
        .filter(sample -> ranked.contains(sample.chain()))
        .map(
            sample ->
                new PosteriorSample(
                    ranked.indexOf(sample.chain()),
                    sample.image(),
                    sample.misfit(),
                    sample.squaredNoise()))
        .toList();
  }

  /** One plane for a gray image; else a plane a channel and image, the channels running fastest. */
  private static RandomAccessibleInterval<FloatType> stack(List<float[]> images, Shape shape) {
    int pixels = Math.toIntExact(shape.get(1) * shape.get(2));
    List<float[]> planes = new ArrayList<>();
    for (float[] image : images) {
      for (int start = 0; start < image.length; start += pixels) {
        planes.add(Arrays.copyOfRange(image, start, start + pixels));
      }
    }
    return planes.size() == 1
        ? Planes.of(planes.get(0), shape.get(2), shape.get(1))
        : Planes.stack(planes, shape.get(2), shape.get(1));
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
        (double) model.constants().gradientBytesPerPixel()
            * model.passes(generationSteps)
            * Posterior.pixelsAtOnce(noise, settings.chains() * restarts, !model.device().isCpu()),
        "sampling this image",
        "Choose a smaller field (Image > Crop)"
            + (generationSteps > 1 ? " or fewer generation steps." : "."));
  }

  private IntensityScale scale(Optional<IntensityRange> range, Measurement measurement) {
    try (NDManager scope = model.newScope()) {
      IntensityRange used =
          range.orElseGet(() -> IntensityRange.estimate(measurement, operator, scope));
      return new IntensityScale(
          used.black(), used.white(), model.constants().low(), model.constants().high());
    }
  }
}
