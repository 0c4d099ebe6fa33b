package io.github.posteriorj.restoration;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.likelihood.ObservedLikelihood;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SampleSink;
import io.github.posteriorj.solver.InverseProblem;
import io.github.posteriorj.solver.MemoryPlan;
import io.github.posteriorj.solver.Solver;
import io.github.posteriorj.solver.SolverReport;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.DeviceMemory;
import io.github.posteriorj.tensor.ImageSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
 *     new Restoration(
 *             model,
 *             1,
 *             new GaussianBlur(2),
 *             NoiseSpaceLangevin.standard(),
 *             64,
 *             1,
 *             OutlierTreatment.KEEP,
 *             List.of(new StandardDeviation()))
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
 * @param solver what draws the samples
 * @param samples how many to draw, at least 2
 * @param seed the seed of all random draws
 * @param outliers what is done about outliers of the measurement
 * @param maps which maps to make of the samples
 */
public record Restoration(
    GenerativeModel model,
    int generationSteps,
    ForwardOperator operator,
    Solver solver,
    int samples,
    long seed,
    OutlierTreatment outliers,
    List<PosteriorMap> maps) {

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
    return run(measurement, noise, range, ImageSink.NONE, Checkpoints.NONE, listener);
  }

  /**
   * The same, while somebody looks at each image as it is drawn.
   *
   * @param checkpoints what an earlier run of the same has kept, and this one keeps
   */
  public PosteriorSummary run(
      Measurement measurement,
      NoiseModel noise,
      Optional<IntensityRange> range,
      ImageSink onlooker,
      Checkpoints checkpoints,
      Progress listener) {
    Shape image = operator.inputShape(measurement.shape());
    OutlyingValues outlying = OutlyingValues.of(measurement, operator, listener);
    Measurement seen = outlying.treated(measurement, outliers);
    float[] y = seen.filled();
    Likelihood likelihood = noise.likelihood(seen);
    if (!seen.isComplete()) {
      likelihood = new ObservedLikelihood(likelihood, seen.observed());
    }
    likelihood.check(y);
    IntensityScale scale = scale(range, seen, listener);
    InverseProblem problem =
        new InverseProblem(
            model,
            generationSteps,
            Composition.of(new Affine(scale.slope(), scale.offset()), operator),
            likelihood,
            y,
            image,
            seed);
    SampleStack stack = new SampleStack();
    ImageMoments moments = new ImageMoments(scale, image);
    ChainRecorder recorder = new ChainRecorder();
    Fit fit = new Fit(seen, operator);
    List<MapSink> mapSinks = maps.stream().map(MapSink::of).toList();
    List<ImageSink> sinks = new ArrayList<>(List.of(stack, moments, recorder, fit, onlooker));
    sinks.addAll(mapSinks);
    SampleSink each =
        sample -> {
          RestoredImage restored = restored(sample, problem, scale);
          sinks.forEach(sink -> sink.add(restored));
        };
    MemoryPlan plan = MemoryPlan.of(problem, samples, DeviceMemory.of(model.device()));
    SolverReport report =
        plan.run(
            fitting -> {
              long passes = solver.expectedPasses(fitting, samples);
              listener.announced("Expected to take " + plan.estimate(passes, samples));
              return solver.solve(fitting, samples, each, checkpoints, listener);
            });
    int drawn = stack.images().size();
    int chains = recorder.chains();
    List<String> doubts =
        Stream.concat(
                Stream.of(
                    outlying.warning(outliers),
                    fit.warning(
                        moments.misfit(),
                        likelihood.misfitFormula(),
                        noise,
                        solver.causeOfMisfit())),
                maps.stream().map(map -> map.doubt(drawn, chains)))
            .flatMap(Optional::stream)
            .toList();
    Map<PosteriorMap, RandomAccessibleInterval<FloatType>> made = new LinkedHashMap<>();
    for (MapSink sink : mapSinks) {
      made.put(sink.map(), SampleStack.stack(List.of(sink.statistic().values()), image));
    }
    return new PosteriorSummary(
        stack.planes(image),
        moments.mean(),
        moments.variance(),
        made,
        scale,
        likelihood,
        moments.misfit(),
        doubts,
        report,
        recorder.diagnose(stack.images()));
  }

  private RestoredImage restored(
      PosteriorSample sample, InverseProblem problem, IntensityScale scale) {
    float[] intensities = scale.toIntensity(sample.image());
    float[] prediction = prediction(intensities, problem.image());
    return new RestoredImage(
        sample,
        intensities,
        ImageSize.of(problem.image()),
        prediction,
        problem.likelihood().misfit(prediction, problem.measurement()));
  }

  private float[] prediction(float[] image, Shape shape) {
    try (NDManager scope = model.newScope()) {
      return operator
          .apply(DeviceArrays.copyOf(scope, image, new Shape(1).addAll(shape)))
          .toFloatArray();
    }
  }

  private IntensityScale scale(
      Optional<IntensityRange> range, Measurement measurement, Progress listener) {
    try (NDManager scope = model.newScope()) {
      IntensityRange used =
          range.orElseGet(() -> IntensityRange.estimate(measurement, operator, scope, listener));
      return new IntensityScale(
          used.black(), used.white(), model.constants().low(), model.constants().high());
    }
  }
}
