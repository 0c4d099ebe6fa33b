package io.github.posteriorj.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.ImageFiles;
import io.github.posteriorj.imagej.InputPlane;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.solver.MethodSettings;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The benchmarks that are shipped can be run: images and networks are there, operators fit. */
class ShippedBenchmarksTest {

  private static final Path FOLDER = Path.of("benchmarks");

  /** A checkout. */
  private static final Resources CHECKOUT =
      new Resources() {
        @Override
        public InstalledPrior prior(String name) throws IOException {
          return InstalledPrior.of(Path.of("models").resolve(name));
        }

        @Override
        public Path network(String name) {
          return Path.of("models/operators", name.replace(".pt", ""), name);
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

  static List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(FOLDER)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isForGpu(Path file) {
    return file.toString().endsWith("-gpu.yaml");
  }

  static List<Path> ofCpu() throws IOException {
    return files().stream().filter(file -> !isForGpu(file)).toList();
  }

  static List<Path> ofGpu() throws IOException {
    return files().stream().filter(ShippedBenchmarksTest::isForGpu).toList();
  }

  @ParameterizedTest
  @MethodSource("ofCpu")
  void operatorsMeasureTheImages(Path file) throws IOException {
    BenchmarkConfiguration read = BenchmarkConfiguration.read(file, CHECKOUT);
    read.tunedSettings(file);
    read.prior().open(CHECKOUT, ComputeDevice.CPU).close();
    List<Truth> truths = new ArrayList<>();
    for (Path path : ImageFiles.of(read.imageFolder(file), read.patterns())) {
      ImagePlus image = ImageFiles.open(path);
      float[] pixels = Planes.pixels(InputPlane.read(image));
      truths.add(
          Truth.of(
              new NamedPlane(path.toString(), image.getWidth(), image.getHeight(), pixels),
              read.crop()));
    }
    read.names().ifPresent(names -> assertEquals(names.split(" ").length, truths.size()));
    for (BenchmarkOperator operator : read.operators()) {
      Measurement measured =
          operator.measure(truths.get(0), ComputeDevice.CPU, CHECKOUT, read.seed()).measurement();
      assertTrue(Float.isFinite(measured.values()[0]), operator.name());
    }
  }

  /** Those of full size have the operators of their small twins, and their methods. */
  @ParameterizedTest
  @MethodSource("ofGpu")
  void thoseForAGpuAreLargerTwins(Path file) throws IOException {
    BenchmarkConfiguration large = BenchmarkConfiguration.read(file, CHECKOUT);
    Path twin = FOLDER.resolve(file.getFileName().toString().replace("-gpu", ""));
    BenchmarkConfiguration small = BenchmarkConfiguration.read(twin, CHECKOUT);
    assertTrue(large.operators().containsAll(small.operators()));
    assertTrue(kinds(large).containsAll(kinds(small)));
    assertTrue(large.crop() > small.crop() && large.samples() >= small.samples());
    assertEquals("gpu", large.device());
  }

  private static Set<String> kinds(BenchmarkConfiguration configuration) {
    return configuration.methods().stream()
        .map(BenchmarkMethod::method)
        .collect(Collectors.toSet());
  }

  @Test
  void theTablesOfFidelityHaveAllMethods() throws IOException {
    Set<String> compared = new HashSet<>();
    for (String file : List.of("fidelity-linear.yaml", "n-hmc.yaml")) {
      compared.addAll(kinds(BenchmarkConfiguration.read(FOLDER.resolve(file), CHECKOUT)));
    }
    List<String> missing =
        MethodSettings.kinds().stream().filter(kind -> !compared.contains(kind)).toList();
    // The automatic method is that where it can be.
    assertEquals(List.of("noise-space Langevin at a level"), missing);
  }
}
