package io.github.posteriorj.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor that networks run on: the CPU, one CUDA graphics card, or Apple's.
 *
 * @param device DJL's name for it
 * @param remark why it is no graphics card, where one was looked for and should be there; else
 *     empty
 */
public record ComputeDevice(Device device, Optional<String> remark) {

  /** The processor that every computer has. */
  public static final ComputeDevice CPU = of(Device.cpu());

  static {
    // Whoever loads PyTorch has named a device before.
    PyTorchEnvironment.prepare();
    EngineLog.silence();
  }

  private static final String APPLE = "mps";

  private static final Pattern GPU = Pattern.compile("gpu(\\d*)");

  /**
   * Finds the device that a user asked for.
   *
   * @param name {@code auto} (the first GPU where there is one, else the CPU), {@code cpu}, {@code
   *     gpu} (the first one) or {@code gpu1}, {@code gpu2} ... (counted from 0, as CUDA does);
   *     {@code mps} for the graphics of Apple's own processors, which nobody has tried
   * @throws IllegalArgumentException if the name is none of these, or asks for a GPU that is not
   *     there: a request for a GPU never falls back to the CPU silently
   * @throws IllegalStateException if PyTorch cannot be loaded
   */
  public static ComputeDevice select(String name) {
    String wish = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
    Matcher gpu = GPU.matcher(wish);
    boolean wantsGpu = gpu.matches();
    if (wish.equals(APPLE)) {
      return apple(System.getProperty("os.name"), System.getProperty("os.arch"));
    }
    if (!wantsGpu && !wish.equals("auto") && !wish.equals("cpu")) {
      throw new IllegalArgumentException(
          "Unknown device \""
              + name
              + "\". Use auto, cpu, gpu, or gpu1, gpu2 ...; on Apple's own processors also mps.");
    }
    if (wish.equals("cpu")) {
      return CPU;
    }
    int gpus = engine().getGpuCount();
    if (!wantsGpu) {
      return automatic(gpus, NvidiaDriver.isInstalled());
    }
    int index = gpu.group(1).isEmpty() ? 0 : Integer.parseInt(gpu.group(1));
    if (index >= gpus) {
      throw new IllegalArgumentException(
          "The device \""
              + wish
              + "\" was asked for, but PyTorch sees "
              + (gpus == 0 ? "no GPU" : gpus + " GPU(s), counted from gpu0")
              + " on this computer"
              + (gpus == 0 && NvidiaDriver.isInstalled() ? ", though " + NvidiaDriver.NOT_USED : "")
              + ". Use device=cpu or device=auto; or, if there is one, install"
              + " PyTorch for GPUs as the README says.");
    }
    return of(Device.gpu(index));
  }

  private static ComputeDevice of(Device device) {
    return new ComputeDevice(device, Optional.empty());
  }

  static ComputeDevice automatic(int gpus, boolean hasDriver) {
    if (gpus > 0) {
      return of(Device.gpu(0));
    }
    return hasDriver ? new ComputeDevice(CPU.device, Optional.of(NvidiaDriver.NOT_USED)) : CPU;
  }

  static ComputeDevice apple(String system, String processor) {
    if (!system.startsWith("Mac") || !processor.equals("aarch64")) {
      throw new IllegalArgumentException(
          "The device \"mps\" is the graphics of Apple's own processors; this computer is %s, %s."
                  .formatted(system, processor)
              + " Use device=auto.");
    }
    return of(Device.of(APPLE, 0));
  }

  /** Whether networks have the computer's own memory: all devices but graphics cards. */
  public boolean isCpu() {
    return !device.isGpu();
  }

  /** The name for summaries: {@code CPU}, {@code GPU 0}, {@code MPS (untried)}, and the remark. */
  public String label() {
    if (device.isGpu()) {
      return "GPU " + device.getDeviceId();
    }
    if (device.getDeviceType().equals(APPLE)) {
      return "MPS (untried)";
    }
    return remark.map(why -> "CPU; " + why).orElse("CPU");
  }

  /** Gives a graphics card's memory that PyTorch keeps for later back to all programs. */
  public void releaseUnused() {
    if (device.isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  /** A fresh memory scope on this device; closing it frees all that was made in it. */
  public NDManager newScope() {
    engine();
    return NDManager.newBaseManager(device);
  }

  static Engine engine() {
    // DJL looks for Amazon's cloud at start-up unless told not to; nothing here uses the network.
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
    try {
      Engine engine = Engine.getEngine("PyTorch");
      if (engine == null) {
        throw new IllegalStateException(
            "PyTorch is not installed. Check that the jars of PosteriorJ's native package lie in"
                + " ImageJ's jars folder.");
      }
      return engine;
    } catch (EngineException e) {
      throw new IllegalStateException(LoadingFailure.explain(e), e);
    }
  }
}
