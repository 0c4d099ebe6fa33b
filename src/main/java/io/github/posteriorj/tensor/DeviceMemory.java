package io.github.posteriorj.tensor;

import ai.djl.util.cuda.CudaUtils;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Locale;

/**
 * The memory of a device: all that the computer has, or what is free on a graphics card.
 *
 * @param bytes how much there is; infinite where nobody knows
 * @param share the part of it that networks should plan with
 * @param label what there is, for people, such as "this computer has 16.0 GB"
 */
public record DeviceMemory(double bytes, double share, String label) {

  private static final double GIBIBYTE = 1L << 30;

  /** The other half is Java's and other programs'. */
  private static final double SHARE_OF_COMPUTER = 0.5;

  /** What is free on a card is not free in one piece. */
  private static final double SHARE_OF_CARD = 0.8;

  /** The memory of a device, as it is now. */
  public static DeviceMemory of(ComputeDevice device) {
    return device.isCpu() ? ofComputer() : ofCard(device);
  }

  private static DeviceMemory ofComputer() {
    // Of all, not of what is free at a time: one job has the same tiles each time.
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? of(system.getTotalMemorySize(), SHARE_OF_COMPUTER, "this computer has %.1f GB")
        : new DeviceMemory(Double.POSITIVE_INFINITY, 1, "this computer has less");
  }

  private static DeviceMemory ofCard(ComputeDevice device) {
    MemoryUsage usage = CudaUtils.getGpuMemory(device.device());
    return of(
        usage.getMax() - usage.getCommitted(), SHARE_OF_CARD, device.label() + " has %.1f GB free");
  }

  private static DeviceMemory of(double bytes, double share, String label) {
    return new DeviceMemory(bytes, share, String.format(Locale.ROOT, label, bytes / GIBIBYTE));
  }

  /** The bytes that networks should plan with. */
  public double planned() {
    return share * bytes;
  }
}
