package io.github.posteriorj.job;

import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.ImageSink;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.OutlierTreatment;
import io.github.posteriorj.restoration.PixelwiseGaussianNoise;
import io.github.posteriorj.restoration.PosteriorSummary;
import io.github.posteriorj.restoration.Restoration;
import io.github.posteriorj.solver.Method;
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
 * <p>A job for an image of many planes restores each on its own ({@link PlaneByPlane}).
 *
 * @param measurement the measurement that the job was made for, if it was made for one
 * @param planes which planes of an image are restored; every one where it is not given
 * @param region the part of each plane that is restored, if it is not the whole
 * @param forwardModel the instrument's operator
 * @param illumination the light's pattern by which the sharp image is multiplied, if it is not even
 * @param background intensity that is added to the measurement
 * @param noise what is known of the noise, unless there is a map of it or the forward model has its
 *     own
 * @param channels the instrument and the noise of each channel that is restored, in ascending
 *     order, in the place of those above, if channels differ
 * @param noiseMap the Gaussian noise's standard deviation at each pixel, if it is known
 * @param intensityRange the intensities of the sharp image's background and brightest structures;
 *     estimated where they are not given
 * @param outliers what is done about pixels that stand out of their surroundings alone
 * @param prior what sharp images look like
 * @param method how the samples are drawn, with its settings; a job that was run names the solver
 * @param samples how many to draw
 * @param seed the seed of all that is random
 * @param maps what is shown of the samples beside their mean and variance
 * @param device where networks run, as {@link ComputeDevice#select} takes it
 */
public record RestorationJob(
    Optional<PlaneReference> measurement,
    Optional<PlaneChoice> planes,
    Optional<Region> region,
    ForwardModel forwardModel,
    Optional<NamedPlane> illumination,
    double background,
    NoiseModel noise,
    Optional<List<ChannelSettings>> channels,
    Optional<NamedPlane> noiseMap,
    Optional<IntensityRange> intensityRange,
    OutlierTreatment outliers,
    PriorChoice prior,
    Method method,
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
    return JobYaml.of(resources).read(RestorationJob.class, text, source);
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
    return run(plane, resources, ImageSink.NONE, CheckpointSource.NONE, listener);
  }

  /** The same, while somebody looks at each image as it is drawn, and the run's states are kept. */
  Restored run(
      MeasuredPlane plane,
      Resources resources,
      ImageSink onlooker,
      CheckpointSource checkpoints,
      Progress listener)
      throws IOException {
    listener.announced("Preparing");
    ForwardModel seenModel = region.map(forwardModel::within).orElse(forwardModel);
    Optional<NamedPlane> light = illumination.map(this::seen);
    Scene scene =
        new Scene(
            region.map(part -> part.of(plane)).orElse(plane),
            light,
            background,
            intensityRange,
            seed,
            ComputeDevice.select(device),
            resources);
    try (Instrument instrument = seenModel.instrument(scene).lit(light, background);
        GenerativeModel model = prior.open(resources, scene.device())) {
      NoiseModel noiseModel = instrument.noise().orElseGet(this::noiseOfCamera);
      Solver solver = method.solver(model, prior.generationSteps(), instrument.operator());
      RestorationJob bound =
          boundTo(
              plane,
              seenModel.equals(forwardModel) ? instrument.model() : forwardModel,
              model.sha256(),
              solver);
      String device = model.device().label();
      PosteriorSummary summary =
          new Restoration(
                  model,
                  prior.generationSteps(),
                  instrument.operator(),
                  solver,
                  samples,
                  seed,
                  outliers,
                  maps)
              .run(
                  instrument.measurement(),
                  noiseModel,
                  instrument.range(),
                  onlooker,
                  checkpoints.of(bound.write() + device),
                  listener);
      return new Restored(
          bound,
          summary,
          instrument.operator().toString(),
          noiseModel.source(),
          model.name(),
          device);
    }
  }

  private NamedPlane seen(NamedPlane whole) {
    return region.map(part -> part.of(whole)).orElse(whole);
  }

  private NoiseModel noiseOfCamera() {
    return noiseMap
        .map(this::seen)
        .<NoiseModel>map(levels -> new PixelwiseGaussianNoise(Measurement.of(levels)))
        .orElse(noise);
  }

  /**
   * The planes of an image that are restored.
   *
   * @throws IllegalArgumentException if the image has not got them, or there are settings for
   *     another number of channels; the message says what it has
   */
  public ChosenPlanes planesOf(ImageAxes axes) {
    ChosenPlanes chosen = planes.orElse(PlaneChoice.EVERY).of(axes);
    channels.ifPresent(
        settings -> {
          if (settings.size() != chosen.channels().size()) {
            throw new IllegalArgumentException(
                "The job has settings for %d channels, but %d are restored."
                    .formatted(settings.size(), chosen.channels().size()));
          }
        });
    return chosen;
  }

  /**
   * An image as the job restores it: by a prior of as many channels as the image has, these are the
   * colours of one plane; by any other, each channel is a plane.
   *
   * @param resources where the prior is found
   * @throws IllegalArgumentException if channels are restored together, and some are left out or
   *     have settings of their own; the message says what to do
   * @throws IOException if the prior cannot be used; the message says why
   */
  public PlaneSource seen(PlaneSource image, Resources resources) throws IOException {
    int colours = resources.prior(prior.name()).card().constants().channels();
    boolean areTogether =
        colours > 1 && image.axes().channels() == colours && forwardModel.keepsColours();
    if (areTogether && !planes.orElse(PlaneChoice.EVERY).hasAllChannels()) {
      throw new IllegalArgumentException(
          ("The prior \"%s\" restores all %d channels together. Leave channels and planes=[current"
                  + " plane] out (slices and frames choose planes), or choose a gray prior.")
              .formatted(prior.name(), colours));
    }
    if (areTogether && channels.isPresent()) {
      throw new IllegalArgumentException(
          ("The prior \"%s\" restores the %d channels together, with one PSF and one noise for all."
                  + " Write one number in the place of a list, or choose a gray prior.")
              .formatted(prior.name(), colours));
    }
    return areTogether ? image.channelsTogether() : image;
  }

  /**
   * Whether this is the image that the job was made for: its planes have the same values.
   *
   * @param image as the job restores it
   */
  public boolean isFor(PlaneSource image) {
    try {
      List<String> hashes =
          planesOf(image.axes()).places().stream()
              .map(place -> image.plane(place).sha256())
              .toList();
      return measurement.isPresent()
          && measurement.get().sha256().equals(PlaneReference.to("", hashes).sha256());
    } catch (IllegalArgumentException e) {
      return false; // It has not got these planes, or is in colour.
    }
  }

  /** The job that restores one of the chosen planes of an image, and no other. */
  RestorationJob only(Place place, ChosenPlanes chosen) {
    int channel = chosen.channels().indexOf(place.channel());
    Optional<ChannelSettings> own = channels.map(settings -> settings.get(channel));
    return new RestorationJob(
        measurement,
        Optional.of(PlaneChoice.only(place)),
        region,
        own.map(ChannelSettings::forwardModel).orElse(forwardModel),
        illumination,
        background,
        own.map(ChannelSettings::noise).orElse(noise),
        Optional.empty(),
        noiseMap,
        intensityRange,
        outliers,
        prior,
        method,
        samples,
        seed,
        maps,
        device);
  }

  /** The same with another seed, for a plane that is read already. */
  RestorationJob seeded(long otherSeed) {
    return new RestorationJob(
        measurement,
        Optional.empty(),
        region,
        forwardModel,
        illumination,
        background,
        noise,
        channels,
        noiseMap,
        intensityRange,
        outliers,
        prior,
        method,
        samples,
        otherSeed,
        maps,
        device);
  }

  /** The same, with the solver, and the hashes of the networks, that another job was run with. */
  RestorationJob boundLike(RestorationJob run) {
    return bound(measurement, opened(run), run.prior(), run.method());
  }

  /** The same, with the hashes of the networks: each plane may choose a solver of its own. */
  RestorationJob withNetworksOf(RestorationJob run) {
    return bound(measurement, opened(run), run.prior(), method);
  }

  private ForwardModel opened(RestorationJob run) {
    return channels.isPresent() ? forwardModel : run.forwardModel();
  }

  /** The same, for a measurement. */
  RestorationJob boundTo(PlaneReference image) {
    return bound(Optional.of(image), forwardModel, prior, method);
  }

  private RestorationJob boundTo(
      MeasuredPlane plane, ForwardModel opened, String priorHash, Solver solver) {
    return bound(PlaneReference.to(plane), opened, prior.bound(priorHash), solver);
  }

  private RestorationJob bound(
      Optional<PlaneReference> image, ForwardModel opened, PriorChoice openedPrior, Method chosen) {
    return new RestorationJob(
        image,
        planes,
        region,
        opened,
        illumination,
        background,
        noise,
        channels,
        noiseMap,
        intensityRange,
        outliers,
        openedPrior,
        chosen,
        samples,
        seed,
        maps,
        device);
  }
}
