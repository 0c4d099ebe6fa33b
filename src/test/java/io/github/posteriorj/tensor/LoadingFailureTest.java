package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** DJL's failures, as its engine wraps them, are told with what to do about them. */
class LoadingFailureTest {

  private static String explained(Throwable cause) {
    return LoadingFailure.explain(
        new EngineException(
            "Failed to load PyTorch native library",
            new IllegalStateException("Failed to download PyTorch native library", cause)));
  }

  @Test
  void withoutANetworkTheNativePackageIsTheWay() {
    String message = explained(new UnknownHostException("publish.djl.ai"));
    assertTrue(
        message.startsWith(
            "PyTorch is not installed, and there is no network to download it from"
                + " (publish.djl.ai)."),
        message);
    assertTrue(message.contains("native package"), message);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithTheSetting() {
    String message = explained(new AccessDeniedException("/home/me/.djl.ai"));
    assertTrue(
        message.startsWith(
            "PyTorch's libraries cannot be written to /home/me/.djl.ai (no permission)."),
        message);
    assertTrue(message.contains("DJL_CACHE_DIR"), message);
    String full =
        explained(
            new IOException(
                new FileSystemException("/home/me/.djl.ai/x", null, "No space left on device")));
    assertTrue(full.contains("No space left on device"), full);
  }

  @Test
  void otherFailuresAreToldAsTheyAre() {
    String message = explained(new UnsatisfiedLinkError("libtorch.so already loaded"));
    assertTrue(message.contains("libtorch.so already loaded"), message);
    assertTrue(message.contains("restart ImageJ"), message);
  }
}
