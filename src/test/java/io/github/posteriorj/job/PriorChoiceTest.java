package io.github.posteriorj.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.Tiling;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.text.RecordYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles belong to a job, and are those that its prior is computed in. */
class PriorChoiceTest {

  private static final PriorChoice CHOICE =
      new PriorChoice("test", Optional.empty(), Generator.CONSISTENCY_MODEL, 1);

  @TempDir private Path folder;

  /** A prior in a folder, and nothing else. */
  private record OnePrior(Path folder) implements Resources {

    @Override
    public InstalledPrior prior(String name) throws IOException {
      return InstalledPrior.of(folder);
    }

    @Override
    public Path network(String name) {
      throw new AssertionError("no network is asked for");
    }

    @Override
    public NetworkConsent consent() {
      return NetworkConsent.GIVEN;
    }

    @Override
    public NamedPlane plane(String title, String sha256) {
      throw new AssertionError("no plane is asked for");
    }
  }

  private static PriorChoice read(String text) throws IOException {
    return RecordYaml.PLAIN.read(PriorChoice.class, text, "job");
  }

  private Optional<Integer> tileOf(PriorChoice choice) throws IOException {
    try (GenerativeModel model = choice.open(new OnePrior(folder), ComputeDevice.CPU)) {
      return model.network().tiling().map(Tiling::side);
    }
  }

  @Test
  void tilesAreWrittenDownWhereTheyWereChosen() throws IOException {
    String text = RecordYaml.PLAIN.write(CHOICE.inTilesOf(64));
    assertTrue(text.contains("tile: 64"), text);
    assertEquals(CHOICE.inTilesOf(64), read(text));
    String automatic = RecordYaml.PLAIN.write(CHOICE);
    assertFalse(automatic.contains("tile"), automatic);
    assertEquals(CHOICE, read(automatic));
    assertEquals(CHOICE, CHOICE.inTilesOf(0));
    assertEquals(CHOICE.inTilesOf(64).bound("1f"), CHOICE.bound("1f").inTilesOf(64));
  }

  @Test
  void networksAreOpenedInTheTiles() throws IOException {
    PriorFolders.writeLocal(folder);
    assertEquals(Optional.of(64), tileOf(CHOICE.inTilesOf(64)));
    assertEquals(Optional.empty(), tileOf(CHOICE));
  }

  @Test
  void tilesOfAPriorThatIsNotLocalAreRefused() throws IOException {
    PriorFolders.write(folder, 8, "return torch.div(x, 160.0)");
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> tileOf(CHOICE.inTilesOf(64)));
    assertTrue(error.getMessage().contains("Leave tile out"), error.getMessage());
  }
}
