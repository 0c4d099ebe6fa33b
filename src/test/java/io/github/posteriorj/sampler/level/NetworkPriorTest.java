package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.DiffusionModel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which priors are known at all noise levels. */
class NetworkPriorTest {

  private static final String HALF = "return torch.mul(x, 0.5)";

  @TempDir Path folder;

  @Test
  void aConsistencyModelOfOneStepWithItsDenoiserIs() throws Exception {
    Path prior = PriorFolders.addDenoiser(PriorFolders.write(folder.resolve("p"), 8, HALF), HALF);
    try (ConsistencyModel model = PriorFolders.open(prior);
        DiffusionModel denoiser = PriorFolders.openDenoiser(prior)) {
      NetworkPrior scored = NetworkPrior.of(model, 1, Optional.of(denoiser));
      assertEquals(80, scored.highestLevel());
      assertEquals(new Shape(1, 24, 16), scored.canvas(new Shape(1, 17, 16)));
      refused(model, 2, Optional.of(denoiser), "2 steps");
      refused(model, 1, Optional.empty(), "no denoiser");
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> NetworkPrior.of(denoiser, 1, Optional.of(denoiser)));
      assertTrue(error.getMessage().contains("not made by a consistency model"));
    }
  }

  private static void refused(
      ConsistencyModel model, int steps, Optional<DiffusionModel> denoiser, String why) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> NetworkPrior.of(model, steps, denoiser));
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }
}
