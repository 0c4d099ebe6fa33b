package io.github.posteriorj.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The most memory that this process, Java and networks, has held at once since a moment: the peak
 * of its resident set, which Linux counts and other systems do not.
 *
 * <p>Source: Linux man-pages, proc_pid_status(5), VmHWM, and proc_pid_clear_refs(5), 5.
 *
 * @param isCounted whether the count could begin anew
 */
record PeakMemory(boolean isCounted) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final String PEAK = "VmHWM:";
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

  /** Begins to count from now on. */
  static PeakMemory fromNow() {
    try {
      Files.writeString(RESET, "5");
      return new PeakMemory(true);
    } catch (IOException e) {
      return new PeakMemory(false); // Another system.
    }
  }

  /** The peak, in mebibytes; nothing where the system does not tell. */
  OptionalDouble mebibytes() {
    if (!isCounted) {
      return OptionalDouble.empty();
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
          .map(kibibytes -> kibibytes / KIBIBYTES_PER_MEBIBYTE)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
