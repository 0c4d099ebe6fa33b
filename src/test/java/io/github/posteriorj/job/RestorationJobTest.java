package io.github.posteriorj.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.ensemble.MapWords;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.restoration.CameraNoise;
import io.github.posteriorj.restoration.GaussianNoise;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.restoration.NoiseModel;
import io.github.posteriorj.restoration.OutlierTreatment;
import io.github.posteriorj.restoration.UnknownGaussianNoise;
import io.github.posteriorj.sampler.SamplerSettings;
import io.github.posteriorj.sampler.WarmStart;
import io.github.posteriorj.solver.LevelLangevin;
import io.github.posteriorj.solver.NoiseSpaceLangevin;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestorationJobTest {

  private static final int SIZE = 16;
  private static final GaussianNoise NOISE = new GaussianNoise(20);
  private static final IntensityRange RANGE = new IntensityRange(0, 200);

  @TempDir private Path folder;

  /** The prior's folder by any name; every network may run, and one plane is at hand. */
  private record TestResources(Path folder, Optional<NamedPlane> large) implements Resources {

    @Override
    public InstalledPrior prior(String name) throws IOException {
      return InstalledPrior.of(folder);
    }

    @Override
    public Path network(String name) {
      return Path.of("models", "operators", "neural-blur", name);
    }

    @Override
    public NetworkConsent consent() {
      return NetworkConsent.GIVEN;
    }

    @Override
    public NamedPlane plane(String title, String sha256) throws IOException {
      return large
          .filter(plane -> plane.sha256().equals(sha256))
          .orElseThrow(() -> new IOException("Open \"" + title + "\" first."));
    }
  }

  @BeforeEach
  void writePrior() throws Exception {
    PriorFolders.write(folder, 8, "return torch.div(x, 160.0)");
  }

  private Resources resources() {
    return new TestResources(folder, Optional.empty());
  }

  private static NamedPlane plane(String title, int size, double mean) {
    float[] values = RandomStream.of(3, 0).gaussian(size * size);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean * Math.exp(0.1 * values[i]));
    }
    return new NamedPlane(title, size, size, values);
  }

  private static MeasuredPlane measured() {
    return MeasuredPlane.of("cells", Measurement.of(plane("cells", SIZE, 100)));
  }

  private static RestorationJob job(ForwardModel model, NoiseModel noise) {
    NoiseSpaceLangevin method =
        NoiseSpaceLangevin.of(
            SamplerSettings.standard(4, 1)
                .withTransitions(2, 1)
                .withStart(WarmStart.RANDOMISE_THEN_OPTIMISE, 10));
    return new RestorationJob(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        model,
        Optional.empty(),
        0,
        noise,
        Optional.empty(),
        Optional.empty(),
        Optional.of(RANGE),
        OutlierTreatment.KEEP,
        new PriorChoice("test", Optional.empty(), Generator.CONSISTENCY_MODEL, 1),
        method,
        4,
        7,
        List.of(),
        "cpu");
  }

  private static Stream<Arguments> models() {
    NamedPlane mask = plane("mask", SIZE, 1);
    mask.values()[5] = 0;
    return Stream.of(
        Arguments.of(new GaussianBlurring(1.5), NOISE),
        Arguments.of(new ComputedPsf(PsfShape.AIRY, 2, 520, 1.4, 1.515, 0, 0.1), NOISE),
        Arguments.of(new ComputedPsf(PsfShape.BORN_WOLF, 2, 520, 1.4, 1.515, 0.2, 0.1), NOISE),
        Arguments.of(new PsfImage(plane("psf", 5, 1)), NOISE),
        Arguments.of(new StraightMotion(5, 30), NOISE),
        Arguments.of(new Pooling(2), NOISE),
        Arguments.of(new NoBlur(), new CameraNoise(2, 10, 3)),
        Arguments.of(new NoBlur(), new UnknownGaussianNoise()),
        Arguments.of(new HiddenByMask(mask), NOISE),
        Arguments.of(new RandomMask(0.5, 3), NOISE),
        Arguments.of(new Saturating(2, 0, 250), NOISE),
        Arguments.of(new Magnitudes(0.25), new GaussianNoise(1000)),
        Arguments.of(new NetworkBlurring(NetworkChoice.named("neural-blur.pt"), 3), NOISE));
  }

  private static float[] samples(Restored restored) {
    return Planes.pixels(restored.summary().samples());
  }

  /** The models' list is complete: see {@link #everyModelIsTried}. */
  @ParameterizedTest
  @MethodSource("models")
  void aJobThatWasWrittenDownDoesTheSameAgain(ForwardModel model, NoiseModel noise)
      throws IOException {
    RestorationJob job = job(model, noise);
    assertEquals(job, RestorationJob.read(job.write(), "job", resources()));
    Restored first = job.run(measured(), resources(), Progress.NONE);
    String info = RestorationInfo.of(first, "cells", "1.0");
    RestorationJob written =
        RestorationJob.read(RestorationInfo.job(info).orElseThrow(), "info", resources());
    assertEquals(first.job(), written);
    Restored again = written.run(measured(), resources(), Progress.NONE);
    assertArrayEquals(samples(first), samples(again));
    assertEquals(first.job(), again.job());
  }

  @Test
  void everyModelIsTried() {
    assertEquals(
        JobYaml.forwardModels().stream()
            .filter(model -> model != NetworkOutput.class && model != GrayOfColours.class)
            .collect(Collectors.toSet()),
        models().map(arguments -> arguments.get()[0].getClass()).collect(Collectors.toSet()));
  }

  @Test
  void aJobKnowsWhatItWasRunWith() throws IOException {
    Restored restored = job(new NoBlur(), NOISE).run(measured(), resources(), Progress.NONE);
    assertEquals(
        Optional.of(InstalledPrior.of(folder).card().network().sha256()),
        restored.job().prior().sha256());
    PlaneReference measurement = restored.job().measurement().orElseThrow();
    assertEquals("cells", measurement.title());
    assertEquals(plane("other title", SIZE, 100).sha256(), measurement.sha256());
    assertFalse(plane("cells", SIZE, 101).sha256().equals(measurement.sha256()));
  }

  @Test
  void anotherPriorIsRefused() throws Exception {
    RestorationJob bound =
        job(new NoBlur(), NOISE).run(measured(), resources(), Progress.NONE).job();
    PriorFolders.write(folder, 8, "return torch.div(x, 170.0)");
    String message =
        assertThrows(IOException.class, () -> bound.run(measured(), resources(), Progress.NONE))
            .getMessage();
    assertTrue(message.contains("is another one than the job asks for"), message);
  }

  @Test
  void lightBackgroundAndNoiseMapBelongToAJob() throws IOException {
    NamedPlane light = plane("light", SIZE, 2);
    NamedPlane levels = plane("levels", SIZE, 15);
    RestorationJob plain = job(new NoBlur(), NOISE);
    RestorationJob full =
        new RestorationJob(
            plain.measurement(),
            plain.planes(),
            plain.region(),
            plain.forwardModel(),
            Optional.of(light),
            12,
            plain.noise(),
            plain.channels(),
            Optional.of(levels),
            plain.intensityRange(),
            OutlierTreatment.HIDE,
            plain.prior(),
            plain.method(),
            plain.samples(),
            plain.seed(),
            MapWords.parse("median, quantile 0.05, interval width, above 90.5, R-hat"),
            plain.device());
    assertEquals(full, RestorationJob.read(full.write(), "job", resources()));
    Restored restored = full.run(measured(), resources(), Progress.NONE);
    assertTrue(restored.operator().contains("12.0"), restored.operator());
    assertTrue(restored.summary().likelihood().toString().contains("pixel"));
  }

  /** 256 x 256 random numbers do not fit into a text that people may want to read. */
  @Test
  void aLargePlaneIsNamedByItsHash() throws IOException {
    NamedPlane psf = plane("large psf", 256, 1);
    RestorationJob job = job(new PsfImage(psf), NOISE);
    String text = job.write();
    assertTrue(text.length() < 2000, () -> "characters: " + text.length());
    assertEquals(
        job, RestorationJob.read(text, "job", new TestResources(folder, Optional.of(psf))));
    assertEquals(
        "job: Open \"large psf\" first.",
        assertThrows(IOException.class, () -> RestorationJob.read(text, "job", resources()))
            .getMessage());
  }

  @Test
  void aPlaneThatWasChangedIsRefused() {
    String text = job(new PsfImage(plane("psf", 5, 1)), NOISE).write();
    String changed = text.replaceFirst("sha256: .*", "sha256: '0'");
    String message =
        assertThrows(IOException.class, () -> RestorationJob.read(changed, "job", resources()))
            .getMessage();
    assertTrue(message.contains("\"psf\" is damaged"), message);
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    RestorationJob job = job(new HiddenByMask(plane("mask", 8, 1)), NOISE);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> job.run(measured(), resources(), Progress.NONE))
            .getMessage();
    assertTrue(
        message.startsWith("The mask has 8 x 8 pixels, but the image has 16 x 16."), message);
  }

  @Test
  void pixelsOfUnknownSizeAreAskedForWhereTheyCount() {
    RestorationJob job = job(new ComputedPsf(PsfShape.AIRY, 2, 520, 1.4, 1.515, 0, 0), NOISE);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> job.run(measured(), resources(), Progress.NONE))
            .getMessage();
    assertTrue(message.contains("give pixel_size in micrometres"), message);
  }

  @Test
  void aTextWithoutAJobHoldsNone() {
    assertEquals(Optional.empty(), RestorationInfo.job("Made by: hand\n"));
  }

  @Test
  void aNetworksOutputNeedsNoMeasurement() {
    RestorationJob job =
        job(
            new NetworkOutput(
                NetworkChoice.named("neural-blur.pt"),
                NetworkLoss.SQUARED_ERROR,
                -1,
                1,
                0,
                0,
                0,
                1),
            NOISE);
    MeasuredPlane nothing =
        MeasuredPlane.of("none", new Measurement(new float[0], new Shape(1, 0, 0)));
    assertEquals(
        "There is no image to take the size from. Give width and height.",
        assertThrows(
                IllegalArgumentException.class, () -> job.run(nothing, resources(), Progress.NONE))
            .getMessage());
  }

  private static RestorationJob atALevel() {
    RestorationJob usual = job(new GaussianBlurring(1.5), NOISE);
    return new RestorationJob(
        usual.measurement(),
        usual.planes(),
        usual.region(),
        usual.forwardModel(),
        usual.illumination(),
        usual.background(),
        usual.noise(),
        usual.channels(),
        usual.noiseMap(),
        usual.intensityRange(),
        usual.outliers(),
        usual.prior(),
        new LevelLangevin(0.3, 0, 4, 4, 2, 0.3),
        6,
        usual.seed(),
        usual.maps(),
        usual.device());
  }

  @Test
  void aJobAtALevelIsWrittenDownAndDrawsEachSampleByAChainOfItsOwn() throws Exception {
    PriorFolders.addDenoiser(
        folder,
        "level = torch.square(torch.reshape(sigma, [-1, 1, 1, 1]))",
        "return torch.div(torch.mul(x, 0.25), torch.add(level, 0.25))");
    RestorationJob job = atALevel();
    assertEquals(job, RestorationJob.read(job.write(), "job", resources()));
    Restored restored = job.run(measured(), resources(), Progress.NONE);
    assertEquals(6, restored.summary().sampleCount());
    assertEquals(1, restored.summary().diagnostics().samplesPerChain());
    assertEquals(6, restored.summary().report().independentSamples().orElseThrow());
    assertFalse(restored.summary().warnings().toString().contains("chains agree"));
    assertTrue(restored.summary().report().networkPasses() > 0);
    // Nothing at a level has a burn-in.
    assertFalse(restored.summary().warnings().toString().contains("burn_in"));
    assertFalse(restored.summary().warnings().toString().contains("thinning"));
    assertArrayEquals(samples(restored), samples(job.run(measured(), resources(), Progress.NONE)));
  }

  @Test
  void aLevelNeedsADenoiser() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> atALevel().run(measured(), resources(), Progress.NONE))
            .getMessage();
    assertTrue(message.contains("because it has no denoiser"), message);
  }
}
