package io.github.posteriorj.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.benchmark.CellResult.Status;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.metric.CredibleInterval;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A benchmark measures what it says, goes on where it was, and says what is wrong. */
class BenchmarkRunTest {

  private static final int SIZE = 20;
  private static final int CROP = 16;

  private static final String CONFIGURATION =
      """
      images: .
      crop: 16
      operators:
      - name: blur
        model: {kind: Gaussian blur, psf_sigma: 1.5}
        noise: 0.1
      - name: as it is
        model: {kind: no blur}
        noise: 0.1
      - name: clipped
        model: {kind: saturation, amplification: 2.0, clip_low: -1.0, clip_high: 1.0}
        noise: 0.1
      methods:
      - name: editing
        method: CMEdit
        settings: {noise_levels: 3}
      - name: filter
        method: Wiener
      prior: {name: test, generator: consistency model, generation_steps: 1}
      samples: 2
      seed: 1
      device: cpu
      """;

  private static final SampleCounts TWO = new SampleCounts(2, Map.of());

  @TempDir private Path folder;

  private Path output;
  private Resources resources;

  @BeforeEach
  void makePrior() throws IOException {
    Path prior = PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 160.0)");
    output = folder.resolve("out");
    resources =
        new Resources() {
          @Override
          public InstalledPrior prior(String name) throws IOException {
            return InstalledPrior.of(prior);
          }

          @Override
          public Path network(String name) {
            return folder.resolve(name);
          }

          @Override
          public NetworkConsent consent() {
            return NetworkConsent.GIVEN;
          }

          @Override
          public NamedPlane plane(String title, String sha256) {
            throw new AssertionError("no plane is asked for");
          }
        };
  }

  private static List<NamedPlane> images() {
    return Stream.of(1, 2)
        .map(
            number ->
                new NamedPlane(
                    "image " + number,
                    SIZE,
                    SIZE,
                    RandomStream.of(5, number).gaussian(SIZE * SIZE)))
        .toList();
  }

  private BenchmarkConfiguration read(String text) throws IOException {
    return BenchmarkConfiguration.read(
        Files.writeString(folder.resolve("benchmark.yaml"), text), resources);
  }

  private BenchmarkReport run(String text, Progress progress) throws IOException {
    return BenchmarkRun.of(read(text), TunedSettings.NONE, images())
        .into(output, resources, progress);
  }

  private List<CellResult> results() throws IOException {
    return ResultFolder.open(output, TWO, List.of(), Optional.empty()).results();
  }

  private CellResult result(String operator, String method) throws IOException {
    return results().stream()
        .filter(result -> result.cell().equals(new Cell("image 2", operator, method)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Where each pixel is measured, CMEdit gives the measurement: all errors are the noise's own. Of
   * n pixels the error of their mean square is sqrt(2 / n) of it, that of their mean absolute value
   * sqrt(pi / 2 - 1) / sqrt(n) of it.
   */
  @Test
  void theNumbersAreThoseOfTheNoiseWhereTheSamplesAreTheMeasurement() throws IOException {
    run(CONFIGURATION, Progress.NONE);
    Map<Quantity, Double> values = result("as it is", "editing").values();
    int pixels = CROP * CROP;
    double noise = 0.1;
    double square = Math.pow(10, -values.get(Quantity.MEAN_PSNR) / 10) * 4;
    assertEquals(noise * noise, square, 4 * noise * noise * Math.sqrt(2.0 / pixels));
    assertEquals(Math.sqrt(square) / 2, values.get(Quantity.MEAN_NRMSE), 1e-6);
    assertEquals(values.get(Quantity.MEAN_PSNR), values.get(Quantity.SAMPLE_PSNR), 1e-4);
    assertEquals(values.get(Quantity.MEAN_SSIM), values.get(Quantity.SAMPLE_SSIM), 1e-4);
    double absolute = noise * Math.sqrt(2 / Math.PI);
    assertEquals(
        absolute, values.get(Quantity.CRPS), 4 * absolute * Math.sqrt((Math.PI / 2 - 1) / pixels));
    assertEquals(0, values.get(Quantity.WIDTH_90), 1e-5);
    assertEquals(0, values.get(Quantity.COVERAGE_95), 0.01);
    assertEquals(0, values.get(Quantity.MISFIT), 1e-4);
    assertEquals(3, values.get(Quantity.PASSES));
    assertEquals(3, values.get(Quantity.EFFECTIVE_PASSES));
    assertTrue(values.get(Quantity.PROCESSOR_SECONDS) > 0);
  }

  @Test
  void whatAnOperatorDoesNotAllowIsMarkedAndDoesNotEndTheRun() throws IOException {
    BenchmarkReport report = run(CONFIGURATION, Progress.NONE);
    assertEquals(new BenchmarkReport(12, 0, 4), report);
    for (String method : List.of("editing", "filter")) {
      CellResult clipped = result("clipped", method);
      assertEquals(Status.NOT_ALLOWED, clipped.status());
      assertTrue(clipped.reason().contains("is for linear instruments"), clipped.reason());
      assertEquals(Map.of(), clipped.values());
    }
    Map<Quantity, Double> ofOneImage = result("blur", "filter").values();
    assertTrue(ofOneImage.containsKey(Quantity.MEAN_PSNR));
    assertFalse(ofOneImage.containsKey(Quantity.COVERAGE_50));
    String tables = Files.readString(output.resolve("tables.md"));
    assertTrue(tables.contains("| method | blur | as it is | clipped |"), tables);
    assertTrue(tables.contains("- editing, clipped: not allowed. method=[CMEdit] is for"), tables);
  }

  /** The features of an image are the means of 4 x 4 squares, or the same ones for all images. */
  @Test
  void diversityIsThatOfTheFeatures() throws IOException {
    String pooled = "torch.flatten(torch.avg_pool2d(x, [4, 4], [4, 4]), 1)";
    TorchScriptFiles.write(folder.resolve("means.pt"), List.of("x"), "return " + pooled);
    TorchScriptFiles.write(
        folder.resolve("ones.pt"), List.of("x"), "return torch.ones_like(" + pooled + ")");
    String eight =
        CONFIGURATION
            .replace("samples: 2", "samples: 8\nfeatures: {name: ones.pt}")
            .replace("CMEdit", "LATINO");
    run(eight, Progress.NONE);
    Map<Quantity, Double> alike = result("blur", "editing").values();
    assertEquals(1, alike.get(Quantity.SIMILARITY), 1e-6);
    assertFalse(alike.containsKey(Quantity.DIVERSITY));
    output = folder.resolve("of means");
    run(eight.replace("ones.pt", "means.pt"), Progress.NONE);
    Map<Quantity, Double> different = result("blur", "editing").values();
    assertTrue(different.get(Quantity.SIMILARITY) < 1);
    assertTrue(different.get(Quantity.DIVERSITY) > 1);
    assertFalse(result("blur", "filter").values().containsKey(Quantity.SIMILARITY));
    output = folder.resolve("without");
    assertThrows(IOException.class, () -> run(eight.replace("ones.pt", "none.pt"), Progress.NONE));
    assertFalse(Files.exists(output));
  }

  /** Without guidance the measurement is not looked at; far from its noise a filter blurs. */
  private static final String SEARCH =
      CONFIGURATION
          .replace(
              "method: CMEdit\n  settings: {noise_levels: 3}",
              "method: MPGD\n  settings: {noise_levels: 3, guided_by: consistency model}\n"
                  + "  tune: {guidance: [0.0, 1.0], stochasticity: [1.0]}")
          .replace("method: Wiener", "method: Wiener\n  tune: {discrepancy: [1.0, 9.0]}");

  @Test
  void aSearchFindsTheBestSettings() throws IOException {
    assertEquals(new BenchmarkReport(24, 0, 4), run(SEARCH, Progress.NONE));
    List<TunedSettings.Choice> found =
        TunedSettings.read(output.resolve("tuned.yaml")).choices().stream()
            .filter(choice -> choice.operator().equals("as it is"))
            .toList();
    assertEquals(Map.of("guidance", 1.0, "stochasticity", 1.0), found.get(0).settings());
    assertEquals(Quantity.CRPS.label(), found.get(0).criterion());
    assertEquals(Map.of("discrepancy", 1.0), found.get(1).settings());
    assertEquals(Quantity.MEAN_PSNR.label(), found.get(1).criterion());
    Object score = found.get(1).scores().get("filter; discrepancy 9.0");
    double mean =
        results().stream()
            .filter(result -> result.cell().operator().equals("as it is"))
            .filter(result -> result.cell().method().equals("filter; discrepancy 9.0"))
            .mapToDouble(result -> result.values().get(Quantity.MEAN_PSNR))
            .average()
            .orElseThrow();
    assertEquals(mean, (double) score, 0.005);
  }

  @Test
  void whatASearchHasFoundIsUsed() throws IOException {
    run(SEARCH, Progress.NONE);
    CellResult best = result("blur", "filter; discrepancy 1.0");
    Path found = output.resolve("tuned.yaml");
    output = folder.resolve("tuned");
    String tuned =
        CONFIGURATION
            .replace("method: Wiener", "method: Wiener\n  settings: {discrepancy: 5.0}")
            .replace("samples: 2", "samples: 2\ntuned: out/tuned.yaml");
    BenchmarkConfiguration read = read(tuned.replace("name: editing", "name: plain"));
    Path file = folder.resolve("benchmark.yaml");
    BenchmarkRun.of(read, read.tunedSettings(file), images())
        .into(output, resources, Progress.NONE);
    assertEquals(
        best.values().get(Quantity.MEAN_PSNR),
        result("blur", "filter").values().get(Quantity.MEAN_PSNR));
    String tables = Files.readString(output.resolve("tables.md"));
    assertTrue(tables.contains("configuration's settings: plain; filter (clipped).\n"), tables);
    assertTrue(tables.contains("Searched, but not in this benchmark: editing.\n"), tables);
    BenchmarkConfiguration ofOther = read(tuned.replace("name: blur", "name: smear"));
    String message =
        assertThrows(IOException.class, () -> ofOther.tunedSettings(file)).getMessage();
    assertTrue(message.contains(found + ": there are no settings for the operator"), message);
    BenchmarkConfiguration ofOtherKind = read(tuned);
    message = assertThrows(IOException.class, () -> ofOtherKind.tunedSettings(file)).getMessage();
    assertTrue(message.contains("\"CMEdit\" has no setting \"guidance\""), message);
  }

  @Test
  void aMethodMayDrawAnotherNumberOfSamples() throws IOException {
    run(
        CONFIGURATION.replace(
            "settings: {noise_levels: 3}", "settings: {noise_levels: 3}\n  samples: 1"),
        Progress.NONE);
    Map<Quantity, Double> one = result("blur", "editing").values();
    assertEquals(3, one.get(Quantity.PASSES));
    assertFalse(one.containsKey(Quantity.CRPS));
  }

  /** The chance of k exact samples to have the truth between them. */
  @Test
  void whatExactSamplesWouldHaveIsToldForEachNumberOfThem() {
    Map<Quantity, Double> values = new EnumMap<>(Map.of(Quantity.COVERAGE_50, 0.3));
    List<CellResult> cells =
        Stream.of("few", "many", "other")
            .map(method -> new CellResult(new Cell("a", "o", method), Status.DONE, values, ""))
            .toList();
    SampleCounts counts = new SampleCounts(2, Map.of("many", 8, "not run", 16));
    String tables = ResultTables.of(new Results(cells), counts, List.of(), Optional.empty());
    for (int samples : List.of(2, 8)) {
      String expected =
          "\n%d exact samples would have %.3f.\n"
              .formatted(samples, CredibleInterval.expectedCoverage(samples, 0.5));
      assertTrue(tables.contains(expected), tables);
    }
    assertFalse(tables.contains("16 exact"), tables);
  }

  @Test
  void aChainAtTheHighestLevelIsNotAllowedOneSample() throws IOException {
    assertNotAllowed("method: noise-space Langevin\n  samples: 1", "need 2 samples or more, not 1");
  }

  /** Checks that a method in the place of the editing one is refused. */
  private void assertNotAllowed(String method, String reason) throws IOException {
    run(
        CONFIGURATION.replace("method: CMEdit\n  settings: {noise_levels: 3}", method),
        Progress.NONE);
    CellResult refused = result("blur", "editing");
    assertEquals(Status.NOT_ALLOWED, refused.status());
    assertTrue(refused.reason().contains(reason), refused.reason());
  }

  /** A network that calls pixels above 0 bright, and one that says the opposite. */
  private String labelling(String judge) throws IOException {
    TorchScriptFiles.write(
        folder.resolve("bright.pt"), List.of("x"), "return torch.cat([torch.neg(x), x], 1)");
    TorchScriptFiles.write(
        folder.resolve("dark.pt"), List.of("x"), "return torch.cat([x, torch.neg(x)], 1)");
    return CONFIGURATION
        .replace("CMEdit", "LATINO")
        .replaceAll(
            "(?s)- name: blur.*methods",
            """
            - name: labels
              model: {kind: network output, network: {name: bright.pt}, loss: cross-entropy, \
            label: -1, weight: 1.0, jitter: 0.0, width: 0, height: 0, channels: 1}
              judge: {name: %s}
            methods\
            """
                .formatted(judge));
  }

  /** The judge's logits are those of the network with the classes exchanged. */
  @Test
  void labelsAreDrawnOfTheTruthAndJudgedByTwoNetworks() throws IOException {
    run(labelling("dark.pt"), Progress.NONE);
    Map<Quantity, Double> values = result("labels", "editing").values();
    double accuracy = values.get(Quantity.Y_ACCURACY);
    assertTrue(accuracy > 0.5, values.toString());
    assertEquals(1, accuracy + values.get(Quantity.JUDGED_ACCURACY), 1e-9);
    assertTrue(values.get(Quantity.Y_OVERLAP) > values.get(Quantity.JUDGED_OVERLAP));
    assertTrue(values.get(Quantity.Y_CROSS_ENTROPY) < values.get(Quantity.JUDGED_CROSS_ENTROPY));
    assertFalse(values.containsKey(Quantity.Y_ERROR));
    output = folder.resolve("by itself");
    run(labelling("bright.pt"), Progress.NONE);
    Map<Quantity, Double> same = result("labels", "editing").values();
    assertEquals(accuracy, same.get(Quantity.Y_ACCURACY));
    assertEquals(accuracy, same.get(Quantity.JUDGED_ACCURACY));
  }

  @Test
  void anOperatorWhoseNoiseOrJudgeDoesNotFitIsRefused() throws IOException {
    TorchScriptFiles.write(folder.resolve("one.pt"), List.of("x"), "return x");
    String noisy = labelling("dark.pt").replace("  judge:", "  noise: 0.1\n  judge:");
    for (String[] wrong :
        new String[][] {
          {labelling("one.pt"), "outputs of another shape"},
          {noisy, "noise has no effect"},
          {CONFIGURATION.replaceFirst("  noise: 0.1\n", ""), "has no noise"},
        }) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> run(wrong[0], Progress.NONE))
              .getMessage();
      assertTrue(message.contains(wrong[1]), message);
      assertFalse(Files.exists(output));
    }
    String judged = CONFIGURATION.replaceFirst("noise: 0.1", "noise: 0.1\n  judge: {name: one.pt}");
    String message = assertThrows(IOException.class, () -> read(judged)).getMessage();
    assertTrue(message.contains("judge has no effect"), message);
  }

  /** Where each pixel is measured, CMEdit predicts the measurement. */
  @Test
  void theErrorOfAMeasurementIsThatOfThePrediction() throws IOException {
    run(CONFIGURATION, Progress.NONE);
    assertEquals(0, result("as it is", "editing").values().get(Quantity.Y_ERROR), 1e-9);
    assertTrue(result("blur", "filter").values().get(Quantity.Y_ERROR) > 1e-4);
  }

  @Test
  void setsOfSamplesAreComparedWithTheTruthsByABundledNetwork() throws IOException {
    Path network = Path.of("models/operators/structure-features/structure-features.pt");
    String seen =
        CONFIGURATION.replace(
            "samples: 2", "samples: 2\nfeatures: {name: " + network.toAbsolutePath() + "}");
    run(seen, Progress.NONE);
    Map<Quantity, Double> noisy = result("as it is", "editing").values();
    Map<Quantity, Double> blurred = result("blur", "editing").values();
    assertTrue(noisy.get(Quantity.SAMPLE_LPIPS) > 0);
    assertTrue(blurred.get(Quantity.SAMPLE_LPIPS) > noisy.get(Quantity.SAMPLE_LPIPS));
    String tables = Files.readString(output.resolve("tables.md"));
    assertTrue(tables.contains("## FID"), tables);
    assertTrue(
        tables.contains("Of 9 crops of 8 x 8 pixels of each image: up to 36 of samples against 18"),
        tables);
    String cells = Files.readString(output.resolve("cells.csv"));
    Files.writeString(output.resolve("cells.csv"), cells.substring(0, lastRow(cells)));
    run(seen, Progress.NONE);
    assertEquals(sets(tables), sets(Files.readString(output.resolve("tables.md"))));
    assertTrue(sets(tables).lines().anyMatch(line -> line.matches("\\| filter .*\\(18 rows\\).*")));
    assertFalse(sets(tables).contains("(36 rows)"), tables);
    Path features = output.resolve("features").resolve("00000.float32");
    byte[] whole = Files.readAllBytes(features);
    Files.write(features, Arrays.copyOf(whole, whole.length - 4));
    assertRefused(seen, "is missing or incomplete. Delete the folder");
    Files.delete(features);
    assertRefused(seen, "is missing or incomplete. Delete the folder");
  }

  private static int lastRow(String cells) {
    return cells.lastIndexOf('\n', cells.length() - 2) + 1;
  }

  private static String sets(String tables) {
    return tables.substring(tables.indexOf("## FID"), tables.indexOf("## Without"));
  }

  @Test
  void tablesAndPlotsAreMadeOfAllThatIsKnownAndAgainWhenAskedAgain() throws IOException {
    String counts =
        CONFIGURATION.replace(
            "settings: {noise_levels: 3}",
            """
            settings: {noise_levels: 3}
              samples: 2
            - name: editing; 4 sample(s)
              method: CMEdit
              settings: {noise_levels: 3}
              samples: 4\
            """);
    run(counts, Progress.NONE);
    List<String> drawn =
        List.of(
            "psnr-of-the-mean-db",
            "crps",
            "processor-time-s",
            "coverage-blur",
            "coverage-as-it-is",
            "network-passes-by-samples-blur",
            "processor-time-s-by-samples-as-it-is");
    for (String name : drawn) {
      assertTrue(Files.size(output.resolve(name + ".png")) > 1000, name);
      Files.delete(output.resolve(name + ".svg"));
    }
    assertFalse(Files.exists(output.resolve("coverage-clipped.png")));
    Path tables = output.resolve("tables.md");
    String written = Files.readString(tables);
    Files.delete(tables);
    run(counts, Progress.NONE);
    assertEquals(written, Files.readString(tables));
    for (String name : drawn) {
      assertTrue(Files.readString(output.resolve(name + ".svg")).contains("editing"), name);
    }
  }

  private static List<String> fidelities(List<CellResult> results) {
    return results.stream()
        .map(each -> each.cell() + " " + each.values().get(Quantity.MEAN_PSNR) + each.reason())
        .toList();
  }

  @Test
  void aRunThatWasEndedGoesOnWhereItWas() throws IOException {
    run(CONFIGURATION, Progress.NONE);
    List<String> whole = fidelities(results());
    output = folder.resolve("in parts");
    Progress impatient =
        (stage, done, total) -> {
          if (stage.startsWith("Cell 8 ")) {
            throw new CancellationException();
          }
        };
    assertThrows(CancellationException.class, () -> run(CONFIGURATION, impatient));
    assertEquals(whole.subList(0, 7), fidelities(results()));
    assertEquals(new BenchmarkReport(5, 7, 4), run(CONFIGURATION, Progress.NONE));
    assertEquals(whole, fidelities(results()));
    assertEquals(new BenchmarkReport(0, 12, 4), run(CONFIGURATION, Progress.NONE));
  }

  /** Such a guidance takes images beyond all numbers. */
  @Test
  void whatFailedIsTriedAgain() throws IOException {
    String diverging =
        CONFIGURATION.replace(
            "method: CMEdit\n  settings: {noise_levels: 3}",
            "method: MPGD\n  settings: {noise_levels: 9, guidance: 1.0e+30, guided_by: consistency"
                + " model}");
    assertEquals(new BenchmarkReport(12, 0, 8), run(diverging, Progress.NONE));
    CellResult failed = result("clipped", "editing");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.reason().contains("grew beyond all bounds"), failed.reason());
    assertEquals(Status.NOT_ALLOWED, result("clipped", "filter").status());
    assertEquals(new BenchmarkReport(6, 6, 8), run(diverging, Progress.NONE));
    assertEquals(12, results().size());
  }

  @Test
  void aMethodWhoseNetworkThePriorLacksIsNotAllowed() throws IOException {
    assertNotAllowed("method: DPS\n  settings: {noise_levels: 3}", "method=[DPS] needs a denoiser");
  }

  /** What is wrong with a setting is no refusal of the method's. */
  @Test
  void aSettingThatDoesNotFitFailsTheCell() throws IOException {
    String tooHigh =
        CONFIGURATION.replace(
            "method: CMEdit\n  settings: {noise_levels: 3}",
            "method: split Gibbs\n  settings: {last_level: 1000.0}");
    PriorFolders.addDenoiser(folder.resolve("prior"), "return torch.div(x, 160.0)");
    run(tooHigh, Progress.NONE);
    CellResult failed = result("blur", "editing");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.reason().contains("must be below the prior's highest one"), failed.reason());
  }

  @Test
  void resultsOfOtherSettingsOrImagesAreLeftAlone() throws IOException {
    run(CONFIGURATION, Progress.NONE);
    String before = Files.readString(output.resolve("cells.csv"));
    String other = CONFIGURATION.replace("seed: 1", "seed: 2");
    IOException refused = assertThrows(IOException.class, () -> run(other, Progress.NONE));
    assertTrue(refused.getMessage().contains("differs: the configuration."), refused.getMessage());
    BenchmarkRun ofOneImage =
        BenchmarkRun.of(read(CONFIGURATION), TunedSettings.NONE, images().subList(1, 2));
    refused =
        assertThrows(IOException.class, () -> ofOneImage.into(output, resources, Progress.NONE));
    assertTrue(refused.getMessage().contains("differs: the image image 1."), refused.getMessage());
    assertEquals(before, Files.readString(output.resolve("cells.csv")));
  }

  @Test
  void resultsOfOtherNetworksOrRecommendationsAreLeftAlone() throws IOException {
    String seen =
        labelling("dark.pt").replace("samples: 2", "samples: 2\nfeatures: {name: sums.pt}");
    TorchScriptFiles.write(
        folder.resolve("sums.pt"), List.of("x"), "return torch.sum(x, dim=[2, 3])");
    run(seen, Progress.NONE);
    assertEquals(new BenchmarkReport(0, 4, 2), run(seen, Progress.NONE));
    Path claim = output.resolve("benchmark.yaml");
    String whole = Files.readString(claim);
    String stochasticity = "    kind: LATINO\n    noise_levels: 3";
    assertTrue(whole.contains(stochasticity), whole);
    Files.writeString(claim, whole.replace(stochasticity, "    kind: LATINO\n    noise_levels: 4"));
    assertRefused(seen, "What differs: the settings of editing.");
    Files.writeString(claim, whole);
    for (String[] changed :
        new String[][] {
          {"sums.pt", "the features"},
          {"dark.pt", "the judge of labels"},
          {"bright.pt", "the operator labels"},
        }) {
      Path network = folder.resolve(changed[0]);
      byte[] kept = Files.readAllBytes(network);
      TorchScriptFiles.write(
          network,
          List.of("x"),
          changed[0].equals("sums.pt")
              ? "return torch.mean(x, dim=[2, 3])"
              : "return torch.cat([x, torch.sin(x)], 1)");
      assertRefused(seen, "What differs: the network of " + changed[1] + ".");
      Files.write(network, kept);
    }
    PriorFolders.write(folder.resolve("prior"), 8, "return torch.div(x, 161.0)");
    assertRefused(seen, "What differs: the network of the prior.");
  }

  private void assertRefused(String text, String message) {
    String found = assertThrows(IOException.class, () -> run(text, Progress.NONE)).getMessage();
    assertTrue(found.contains(message), found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method: Wiener|method: Wine|There is no method \"Wine\". Use one of: automatic, ",
        "noise_levels: 3|levels: 3|The method \"CMEdit\" has no setting \"levels\". Its settings"
            + " are: noise_levels.",
        "noise_levels: 3|noise_levels: 0|noise_levels must be 1 or more, not 0.",
        "settings: {noise_levels: 3}|tune: {noise_levels: 3}|tune must have a list of values for",
        "settings: {noise_levels: 3}|tune: {noise_levels: [0]}|noise_levels must be 1 or more",
        "settings: {noise_levels: 3}|samples: 0|samples must be 1 or more, not 0.",
        "kind: no blur|kind: blur|operators[1].model has no kind \"blur\". Its kinds are: Gaussian",
        "name: filter|name: editing|the name \"editing\" is twice in \"methods\".",
        "noise: 0.1|noise: 0|operators[0]: noise must be above 0, not 0.0",
        "crop: 16|crop: 8|crop must be 11 or more, not 8.",
        "samples: 2|samples: 1|samples must be 2 or more, not 1.",
        "name: as it is|name: Blur!|operators \"blur\" and \"Blur!\" would have the same files",
        "seed: 1|sead: 1|there is no key \"sead\". The keys are: images, names, crop,",
        "images: .|images: [|is no valid YAML",
      })
  void whatIsWrongIsSaidInWords(String there, String written, String message) {
    String text = CONFIGURATION.replace(there, written);
    String found = assertThrows(IOException.class, () -> read(text)).getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void whatFitsNoImageIsRefusedBeforeAnythingIsWritten() throws IOException {
    String coloured =
        CONFIGURATION.replace(
            "{kind: no blur}", "{kind: gray of colours, red: 0.3, green: 0.6, blue: 0.1}");
    assertThrows(IllegalArgumentException.class, () -> run(coloured, Progress.NONE));
    BenchmarkConfiguration tooLarge = read(CONFIGURATION.replace("crop: 16", "crop: 24"));
    assertThrows(
        IllegalArgumentException.class,
        () -> BenchmarkRun.of(tooLarge, TunedSettings.NONE, images()));
    assertFalse(Files.exists(output));
  }

  @Test
  void tablesHaveMeansOverImagesWithTheirStandardErrors() {
    String tables =
        ResultTables.of(
            new Results(
                List.of(ofCell("a", 20.0), ofCell("b", 24.0), ofCell("c", 22.0), without("d"))),
            TWO,
            List.of("Mind the gap."),
            Optional.empty());
    // s = 2, n = 3
    assertTrue(tables.contains("| m | 22.00 ± 1.15 (of 3) |"), tables);
    assertTrue(tables.contains("- m, o: failed. It diverged. (1 image(s))"), tables);
    assertFalse(tables.contains("SSIM"), tables);
    assertTrue(tables.contains("interval\n\n2 exact samples would have 0.333.\n\n|"), tables);
    assertTrue(tables.contains("\n\nMind the gap.\n\n## PSNR"), tables);
  }

  private static CellResult ofCell(String image, double value) {
    Map<Quantity, Double> values =
        new EnumMap<>(Map.of(Quantity.MEAN_PSNR, value, Quantity.COVERAGE_90, 0.3));
    return new CellResult(new Cell(image, "o", "m"), Status.DONE, values, "");
  }

  private static CellResult without(String image) {
    return new CellResult(new Cell(image, "o", "m"), Status.FAILED, Map.of(), "It diverged.");
  }
}
