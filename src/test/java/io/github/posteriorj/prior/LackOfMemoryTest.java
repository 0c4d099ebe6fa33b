package io.github.posteriorj.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that ask for exabytes. */
class LackOfMemoryTest {

  private static final Shape BATCH = new Shape(3, 1, 8, 8);

  @TempDir private Path folder;

  /** x / 2, with a detour through a tensor that is large where a number is above 0. */
  private ConsistencyModel open(String number) throws IOException {
    return PriorFolders.open(
        PriorFolders.write(
            folder,
            8,
            "size = torch.size(x, 0)",
            "times = torch.add(torch.mul(" + number + ", 1000000), 1)",
            "detour = torch.sum(torch.repeat(x, [times, times, 1, 1]))",
            "return torch.add(torch.mul(x, 0.5), torch.mul(detour, 0.0))"));
  }

  @Test
  void aGradientGoesOnWithFewerImagesAtOnce() throws Exception {
    // One image or two fit, three do not.
    try (ConsistencyModel model = open("torch.mul(torch.sub(size, 1), torch.sub(size, 2))");
        NDManager scope = model.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, RandomStream.of(4, 0).gaussian(192), BATCH);
      UnaryOperator<NDArray> function = image -> DeviceArrays.sumOfEach(image.mul(image));
      assertTrue(
          assertThrows(
                  EngineException.class,
                  () ->
                      Differentiation.inOnePass(
                          noisy ->
                              model.network().script().forward(noisy, scope.zeros(new Shape(3))),
                          function,
                          x.duplicate()))
              .getMessage()
              .contains("allocate"));
      ThroughImages found = model.gradient(function, x.duplicate(), 1);
      assertArrayEquals(x.mul(0.5f).toFloatArray(), found.image().toFloatArray(), 1e-6f);
      assertArrayEquals(x.mul(0.5f).toFloatArray(), found.gradient().toFloatArray(), 1e-6f);
    }
  }

  @Test
  void aNetworkThatCannotBeTriedForLackOfMemoryIsNotCalledBroken() {
    IOException error = assertThrows(IOException.class, () -> open("size").close());
    assertTrue(error.getMessage().contains("not enough memory"), error.getMessage());
    assertTrue(error.getMessage().contains("Nothing is known against"), error.getMessage());
  }
}
