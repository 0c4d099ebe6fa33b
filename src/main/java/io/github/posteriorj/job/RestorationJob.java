package io.github.posteriorj.job;

import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.OutlierTreatment;
import io.github.posteriorj.restoration.PixelwiseGaussianNoise;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.Restoration;
import io.github.posteriorj.solver.Solver;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A restoration as a value: all that determines its result but the measurement. The same job, run
 * on the same measurement and machine, gives the same images again, on a CPU to the bit.
 *
 * <pre>{@code
 * RestorationJob job = RestorationJob.read(Files.readString(file), file.toString(), resources);
 * Restored restored = job.run(plane, resources, Progress.NONE);
 * }</pre>
 *
 * @param measurement the measurement that the job was made for, if it was made for one
 * @param forwardModel the instrument's operator
 * @param illumination the light's pattern by which the sharp image is multiplied, if it is not even
 * @param background intensity that is added to the measurement
 * @param noise what is known of the noise, unless there is a map of it or the forward model has its
 *     own
 * @param noiseMap the Gaussian noise's standard deviation at each pixel, if it is known
 * @param intensityRange the intensities of the sharp image's background and brightest structures;
 *     estimated where they are not given
 * @param outliers what is done about pixels that stand out of their surroundings alone
 * @param prior what sharp images look like
 * @param method what draws the samples, with its settings
 * @param samples how many to draw
 * @param seed the seed of all that is random
 * @param maps what is shown of the samples beside their mean and variance
 * @param device where networks run, as {@link ComputeDevice#select} takes it
 */
public record RestorationJob(
    Optional<PlaneReference> measurement,
    ForwardModel forwardModel,
    Optional<NamedPlane> illumination,
    double background,
    NoiseModel noise,
    Optional<NamedPlane> noiseMap,
    Optional<IntensityRange> intensityRange,
    OutlierTreatment outliers,
    PriorChoice prior,
    Solver method,
    int samples,
    long seed,
    List<PosteriorMap> maps,
    String device) {

  /**
   * Reads a job.
   *
   * @param text as {@link #write} gives it
   * @param source what the text is called in messages, such as its file
   * @param resources where large planes are found, which are not in the text
   * @throws IOException if it is no job; the message says where and why
   */
  public static RestorationJob read(String text, String source, Resources resources)
      throws IOException {
    return JobYaml.with(resources::plane).read(RestorationJob.class, text, source);
  }

  /**
   * The job as YAML. Planes of pixels stand in it as they are if they are small, else as a hash.
   */
  public String write() {
    return JobYaml.plain().write(this);
  }

  /**
   * Restores a measurement.
   *
   * @param plane the measurement
   * @param resources where networks are found
   * @param listener hears of the progress, and may end the run
   * @throws IllegalArgumentException if job and measurement do not fit together, or a network may
   *     not run; the message says what to change
   * @throws IOException if the prior or a network cannot be used; the message says why
   * @throws java.util.concurrent.CancellationException if the listener ends the run
   * @throws ArithmeticException if sampling meets numbers that are not finite
   */
  public Restored run(MeasuredPlane plane, Resources resources, Progress listener)
      throws IOException {
    Scene scene =
        new Scene(
            plane,
            illumination,
            background,
            intensityRange,
            seed,
            ComputeDevice.select(device),
            resources);
    try (Instrument instrument = forwardModel.instrument(scene).lit(illumination, background);
        GenerativeModel model = prior.open(resources, scene.device())) {
      NoiseModel noiseModel = instrument.noise().orElseGet(this::noiseOfCamera);
      PosteriorSummary summary =
          new Restoration(
                  model,
                  prior.generationSteps(),
                  instrument.operator(),
                  method,
                  samples,
                  seed,
                  outliers,
                  maps)
              .run(instrument.measurement(), noiseModel, instrument.range(), listener);
      return new Restored(
          boundTo(plane, instrument.model(), model.sha256()),
          summary,
          instrument.operator().toString(),
          noiseModel.source(),
          model.name(),
          model.device().label());
    }
  }

  private NoiseModel noiseOfCamera() {
    return noiseMap
        .<NoiseModel>map(levels -> new PixelwiseGaussianNoise(Measurement.of(levels)))
        .orElse(noise);
  }

  private RestorationJob boundTo(MeasuredPlane plane, ForwardModel opened, String priorHash) {
    return new RestorationJob(
        PlaneReference.to(plane),
        opened,
        illumination,
        background,
        noise,
        noiseMap,
        intensityRange,
        outliers,
        prior.bound(priorHash),
        method,
        samples,
        seed,
        maps,
        device);
  }
}
