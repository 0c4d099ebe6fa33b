package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** What a run has kept is there, or it says what to do. */
class CheckpointsTest {

  @Test
  void samplesThatWereNotKeptAreNamed() {
    try (NDManager scope = ComputeDevice.CPU.newScope()) {
      DrawnSamples drawn = new DrawnSamples(Checkpoints.NONE, sample -> {}, scope);
      UncheckedIOException lacking =
          assertThrows(UncheckedIOException.class, () -> drawn.repeat(2));
      assertEquals(
          "The kept state of the run lacks its sample-1: delete it to begin anew.",
          lacking.getCause().getMessage());
    }
  }
}
