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
      return entries.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void operatorsMeasureTheImages(Path file) throws IOException {
    BenchmarkConfiguration read = BenchmarkConfiguration.read(file, CHECKOUT);
    read.prior().open(CHECKOUT, ComputeDevice.CPU).close();
    List<Path> images = ImageFiles.of(read.imageFolder(file), read.patterns());
    assertEquals(read.patterns().split(" ").length, images.size());
    for (Path path : images) {
      ImagePlus image = ImageFiles.open(path);
      float[] pixels = Planes.pixels(InputPlane.read(image));
      NamedPlane plane =
          new NamedPlane(path.toString(), image.getWidth(), image.getHeight(), pixels);
      Truth truth = Truth.of(plane, read.crop());
      for (BenchmarkOperator operator : read.operators()) {
        Measurement measured =
            operator.measure(truth, ComputeDevice.CPU, CHECKOUT, read.seed()).measurement();
        assertTrue(Float.isFinite(measured.values()[0]), operator.name());
      }
    }
  }

  @Test
  void theTableOfFidelityHasAllMethods() throws IOException {
    Set<String> compared =
        BenchmarkConfiguration.read(FOLDER.resolve("fidelity.yaml"), CHECKOUT).methods().stream()
            .map(BenchmarkMethod::method)
            .collect(Collectors.toSet());
    List<String> missing =
        MethodSettings.kinds().stream().filter(kind -> !compared.contains(kind)).toList();
    // The automatic method is that where it can be.
    assertEquals(List.of("noise-space Langevin at a level"), missing);
  }
}
