package io.github.posteriorj.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras by name: those that come with the program, and those that a user saves. */
class ProfilesTest {

  private static final Camera OURS =
      new Camera("sCMOS", NoiseKind.POISSON_GAUSSIAN, 0.46, 100, 1.6);

  @TempDir private Path home;

  private Profiles<Camera> cameras() {
    return Camera.all(home.resolve("cameras"));
  }

  @Test
  void thoseOfTheProgramAreThereWithoutAFolder() throws IOException {
    assertEquals(List.of("Gaussian noise", "photon counting"), cameras().names());
    assertEquals(NoiseKind.GAUSSIAN, cameras().find(Camera.USUAL).noiseModel());
    Camera photons = cameras().find("photon counting");
    assertEquals(NoiseKind.POISSON, photons.noiseModel());
    assertEquals(1, photons.cameraGain());
    assertEquals(0, photons.cameraOffset());
  }

  @Test
  void whatIsSavedIsFoundBehindThemAndReplaced() throws IOException {
    cameras().save("Zyla (2nd floor)", OURS);
    cameras().save("Andor", OURS);
    assertEquals(
        List.of("Gaussian noise", "photon counting", "Andor", "Zyla (2nd floor)"),
        cameras().names());
    assertEquals(OURS, cameras().find("Zyla (2nd floor)"));
    Camera other = new Camera("other", NoiseKind.POISSON, 2, 0, 0);
    cameras().save("Andor", other);
    assertEquals(other, cameras().find("Andor"));
    try (Stream<Path> files = Files.list(home.resolve("cameras"))) {
      assertEquals(2, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", ".hidden", " ", "a:b"})
  void aNameThatIsNoFileNameIsRefused(String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> cameras().save(name, OURS)).getMessage();
    assertTrue(message.contains("is no name for a camera"), message);
  }

  @Test
  void theProgramsOwnAreNotReplaced() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> cameras().save("photon counting", OURS))
            .getMessage();
    assertTrue(message.contains("comes with the program"), message);
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatThereAre() throws IOException {
    cameras().save("Andor", OURS);
    String message =
        assertThrows(IllegalArgumentException.class, () -> cameras().find("Andro")).getMessage();
    assertTrue(
        message.startsWith(
            "camera has no choice \"Andro\". Its choices are: \"Gaussian noise\", \"photon"
                + " counting\", \"Andor\"."),
        message);
  }

  @Test
  void aFileThatSomebodyHasSpoiltIsNamed() throws IOException {
    cameras().save("Andor", OURS);
    Path file = home.resolve("cameras/Andor.yaml");
    Files.writeString(file, Files.readString(file).replace("0.46", "-1"));
    String message = assertThrows(Exception.class, () -> cameras().find("Andor")).getMessage();
    assertTrue(message.contains(file.toString()), message);
    assertTrue(message.contains("camera_gain"), message);
  }

  @Test
  void numbersOutOfRangeAreNoCamera() {
    for (double number : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class, () -> new Camera("", NoiseKind.POISSON, number, 0, 0));
      assertThrows(
          IllegalArgumentException.class, () -> new Camera("", NoiseKind.POISSON, 1, 0, number));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Camera("", NoiseKind.POISSON, 1, Double.NaN, 0));
  }
}
