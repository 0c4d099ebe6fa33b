package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorCard;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.Tiling;
import io.github.posteriorj.tensor.DeviceMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans for computers of little memory; the priors' cards tell 100 bytes a pixel. */
class MemoryPlanTest {

  private static final double MEGABYTE = 1e6;
  private static final int CHAINS = 4;

  @TempDir private Path folder;
  private GenerativeModel local;
  private GenerativeModel unknown;

  @BeforeEach
  void open() throws Exception {
    local = PriorFolders.open(PriorFolders.writeLocal(folder.resolve("local")));
    unknown =
        PriorFolders.open(
            PriorFolders.write(folder.resolve("unknown"), 8, "return torch.mul(x, 0.5)"));
  }

  @AfterEach
  void close() {
    local.close();
    unknown.close();
  }

  private static MemoryPlan plan(GenerativeModel model, int steps, int side, double megabytes) {
    InverseProblem problem =
        new InverseProblem(
            model,
            steps,
            new GaussianBlur(2),
            new GaussianLikelihood(1),
            new float[side * side],
            new Shape(1, side, side),
            1);
    return MemoryPlan.of(
        problem, CHAINS, new DeviceMemory(megabytes * MEGABYTE, 0.5, "this computer has little"));
  }

  private static Optional<Integer> tile(MemoryPlan plan) {
    return plan.problem().model().network().tiling().map(Tiling::side);
  }

  @Test
  void whatFitsStaysWhole() {
    // Four chains of 64 x 64 pixels take 1.6 MB.
    MemoryPlan plan = plan(local, 1, 61, 3.3);
    assertEquals(Optional.empty(), tile(plan));
    assertEquals(local, plan.problem().model());
    assertEquals(100.0 * 64 * 64 * CHAINS, plan.need().bytes());
  }

  @Test
  void fewerChainsAtOnceComeBeforeTiles() {
    MemoryPlan plan = plan(local, 1, 64, 2);
    assertEquals(Optional.empty(), tile(plan));
    assertEquals(2, plan.problem().model().network().batch());
    assertEquals(100.0 * 64 * 64 * 2, plan.need().bytes());
  }

  @Test
  void aFieldThatDoesNotFitIsComputedInTiles() {
    // 2 MB hold windows of 141 x 141: four tiles, each with a halo of 8 on two of its sides.
    MemoryPlan plan = plan(local, 1, 256, 4);
    assertEquals(Optional.of(128), tile(plan));
    assertEquals(100.0 * 136 * 136, plan.need().bytes());
    // Of more tiles those in the middle have halos on all sides.
    MemoryPlan ofMore = plan(local, 1, 256, 1.9);
    assertEquals(Optional.of(64), tile(ofMore));
    assertEquals(100.0 * 80 * 80, ofMore.need().bytes());
    assertEquals("run", plan.run(fitting -> "run"));
    // Tiles need the memory of one pass, however many there are.
    assertEquals(tile(plan), tile(plan(local, 3, 256, 4)));
  }

  @Test
  void aLargeFieldIsFasterInTilesHoweverMuchMemoryThereIs() {
    assertEquals(Optional.empty(), tile(plan(local, 1, 1536, 1e6)));
    assertEquals(Optional.of(534), tile(plan(local, 1, 1600, 1e6)));
    // Three tiles a side have windows of 699 pixels.
    assertEquals(Optional.of(683), tile(plan(local, 1, 2048, 1e6)));
    assertEquals(Optional.of(512), tile(plan(local, 1, 2048, 80)));
    assertEquals(Optional.empty(), tile(plan(unknown, 1, 1600, 1e6)));
    // A tile as large as the image is a wish for the whole.
    assertEquals(100.0 * 1024 * 1024, plan(local.tiled(1024), 1, 1024, 1e6).need().bytes());
  }

  /** Halos of 304 pixels: windows of 768 would see each pixel more than four times. */
  @Test
  void tilesThatSeeTooMuchAroundThemAreNoFaster() throws Exception {
    Path far = PriorFolders.writeLocal(folder.resolve("far"));
    Path card = far.resolve(PriorCard.FILE_NAME);
    Files.writeString(card, Files.readString(card).replace("reach: 4", "reach: 300"));
    try (GenerativeModel model = PriorFolders.open(far)) {
      assertEquals(Optional.empty(), tile(plan(model, 1, 1600, 1e6)));
    }
  }

  @Test
  void tilesThatWereChosenStay() {
    MemoryPlan plan = plan(local.tiled(16), 1, 64, 1000);
    assertEquals(Optional.of(16), tile(plan));
    assertEquals(100.0 * 32 * 32, plan.need().bytes());
  }

  @Test
  void tilesThatCannotFitAreRefusedWithFigures() {
    MemoryPlan plan = plan(local.tiled(2000), 1, 4000, 100);
    String message = refusal(plan);
    assertTrue(message.contains("needs about 0.4 GB"), message);
    assertTrue(message.contains("this computer has little"), message);
    assertTrue(message.contains("smaller tile"), message);
  }

  @Test
  void aPriorThatIsNotLocalIsRefusedAboveWhatFitsWithTheReason() {
    assertEquals("run", plan(unknown, 1, 64, 0.5).run(fitting -> "run"));
    String message = refusal(plan(unknown, 2, 512, 50));
    assertTrue(message.contains("tells no reach"), message);
    assertTrue(message.contains("fewer generation steps"), message);
  }

  private static String refusal(MemoryPlan plan) {
    return assertThrows(
            IllegalArgumentException.class,
            () ->
                plan.run(
                    fitting -> {
                      throw new AssertionError("The run was begun.");
                    }))
        .getMessage();
  }
}
