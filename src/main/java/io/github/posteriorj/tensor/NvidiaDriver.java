package io.github.posteriorj.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether there is a driver of NVIDIA's, though PyTorch may see no graphics card. */
final class NvidiaDriver {

  /** Why a card is not used where there is a driver and PyTorch sees none. */
  static final String NOT_USED =
      "an NVIDIA driver is installed, but PyTorch sees no GPU: the CUDA runtime, libcudart on Linux"
          + " or cudart64 on Windows, is not on the library path, or the PyTorch that is installed"
          + " is the one for CPUs. Install the runtime as the README says, under GPU";

  private NvidiaDriver() {}

  /** Whether one is installed. */
  static boolean isInstalled() {
    return isAmong(files(System.getenv("SystemRoot")));
  }

  /** What Linux's and Windows's drivers leave where anybody can see it. */
  static List<Path> files(String windows) {
    return Stream.of("/proc/driver/nvidia/version", windows + "\\System32\\nvcuda.dll")
        .map(Path::of)
        .toList();
  }

  static boolean isAmong(List<Path> files) {
    return files.stream().anyMatch(Files::exists);
  }
}
