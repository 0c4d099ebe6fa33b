package io.github.posteriorj.tensor;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.util.Map;

/**
 * The environment that suits PyTorch's libraries: threads that sleep while they wait for work, and
 * large pages for large tensors.
 *
 * <p>OpenMP's threads spin by default, so that on a computer that is busy otherwise they take the
 * processors from those they wait for. Tensors of large images are fresh memory each time, which
 * the kernel hands out page by page: in pages of 2 MB rather than 4 KB that takes a fraction of the
 * time. Both are read from the environment when the libraries are loaded, and Java cannot change
 * its environment: the C library is asked to, before PyTorch is loaded.
 *
 * <p>Sources: OpenMP 5.2, section 21.3 (OMP_WAIT_POLICY); GNU libgomp's manual, section 3.20
 * (GOMP_SPINCOUNT); LLVM's OpenMP runtime (KMP_BLOCKTIME); PyTorch's c10/core/impl/alloc_cpu.cpp
 * (THP_MEM_ALLOC_ENABLE, on Linux alone).
 */
final class NativeEnvironment {

  /** What is set where the user has not set it. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "OMP_WAIT_POLICY",
          "PASSIVE",
          "GOMP_SPINCOUNT",
          "0",
          "KMP_BLOCKTIME",
          "0",
          "THP_MEM_ALLOC_ENABLE",
          "1");

  private static final int KEEP = 0;

  private NativeEnvironment() {}

  /** Sets the environment; to no effect once PyTorch is loaded. */
  static void set() {
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
      // What is lost is time, and nothing else.
      return;
    }
  }
}
