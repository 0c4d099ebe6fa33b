package io.github.posteriorj.diagnostic;

import com.sun.management.OperatingSystemMXBean;
import io.github.posteriorj.tensor.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Prints how long the diagnostics of every pixel of 512 x 512 take, for several numbers of draws.
 */
public final class PixelDiagnosticsBenchmark {

  private static final int PIXELS = 512 * 512;
  private static final int CHAINS = 8;

  private PixelDiagnosticsBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.out.println("| chains x draws | processor time |");
    System.out.println("|---|---|");
    for (int draws : new int[] {8, 24, 48}) {
      float[][][] images = new float[CHAINS][draws][];
      for (int chain = 0; chain < CHAINS; chain++) {
        RandomStream random = RandomStream.of(1, chain);
        for (int draw = 0; draw < draws; draw++) {
          images[chain][draw] = random.gaussian(PIXELS);
        }
      }
      long start = processorTime();
      PixelDiagnostics.of(images);
      System.out.printf(
          Locale.ROOT, "| %d x %d | %.1f s |%n", CHAINS, draws, (processorTime() - start) * 1e-9);
    }
  }

  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
