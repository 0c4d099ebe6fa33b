package io.github.posteriorj.tensor;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.util.Map;

/**
 * What PyTorch reads in its environment when it is loaded: its threads sleep while they wait for
 * work, and large tensors lie in large pages.
 *
 * <p>OpenMP's threads spin by default, so that on a computer that is busy otherwise they take the
 * processors from those they wait for. Tensors of some megabytes are fresh memory each time, which
 * Linux hands out page by page: pages of 2 MB take a fifth of a gradient's time off.
 *
 * <p>Java cannot change its environment: the C library is asked to, before PyTorch is loaded.
 *
 * <p>Sources: OpenMP 5.2, section 21.3 (OMP_WAIT_POLICY); GNU libgomp's manual, section 3.20
 * (GOMP_SPINCOUNT); LLVM's OpenMP runtime (KMP_BLOCKTIME); PyTorch's allocator, {@code
 * c10/core/impl/alloc_cpu.cpp} (THP_MEM_ALLOC_ENABLE, which is for Linux alone).
 */
final class PyTorchEnvironment {

  /** What is set where the user has not set it. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "OMP_WAIT_POLICY", "PASSIVE",
          "GOMP_SPINCOUNT", "0",
          "KMP_BLOCKTIME", "0",
          "THP_MEM_ALLOC_ENABLE", "1");

  private static final int KEEP = 0;

  private PyTorchEnvironment() {}

  /** Sets the environment; to no effect once PyTorch is loaded. */
  static void prepare() {
    SETTINGS.forEach(
        (name, value) -> {
          if (System.getenv(name) == null) {
            set(name, value);
          }
        });
  }

  private static void set(String name, String value) {
    try {
      if (Platform.isWindows()) {
        Function.getFunction("msvcrt", "_putenv_s").invokeInt(new Object[] {name, value});
      } else {
        Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, KEEP});
      }
    } catch (LinkageError e) {
      // Threads that spin and small pages cost time, and nothing else.
      return;
    }
  }
}
