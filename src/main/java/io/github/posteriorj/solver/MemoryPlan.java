package io.github.posteriorj.solver;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.Locality;
import io.github.posteriorj.prior.PriorConstants;
import io.github.posteriorj.prior.Tiling;
import io.github.posteriorj.sampler.Posterior;
import io.github.posteriorj.tensor.DeviceMemory;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.MemoryNeed;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How the network passes of a run are made to fit into the memory that there is: whole canvases of
 * several chains at once where they fit, else of fewer chains, else tile by tile. On a CPU large
 * canvases go tile by tile in any case, where that hardly takes more time, and much less memory.
 *
 * <pre>{@code
 * SolverReport report =
 *     MemoryPlan.of(problem, chains, DeviceMemory.of(problem.model().device()))
 *         .run(fitting -> solver.solve(fitting, samples, sink, progress));
 * }</pre>
 *
 * @param problem the problem, with a model that takes no more at once than fits
 * @param need what a pass and its gradient take
 * @param memory what there is
 */
public record MemoryPlan(InverseProblem problem, MemoryNeed need, DeviceMemory memory) {

  /**
   * Noise that chains at a level draw for each pass of an image: three images of it for two passes
   * of split Gibbs, and one for four of Langevin dynamics. Other methods draw less.
   */
  private static final double DRAWS_OF_A_PASS = 2.0 / 3;

  /**
   * Plans a run.
   *
   * @param problem what is to be sampled; if its model has tiles already, they are kept, and a
   *     canvas that is not larger than one of them stays whole where it fits
   * @param chains how many are sampled, at most
   * @param memory of the model's device
   * @throws IllegalArgumentException if the prior makes no such images, saying which it makes
   */
  public static MemoryPlan of(InverseProblem problem, int chains, DeviceMemory memory) {
    return new Planner(problem, memory).plan(chains);
  }

  /**
   * Runs the problem.
   *
   * @throws IllegalArgumentException if it cannot fit, or the memory runs out on the way; the
   *     message says how much is needed, how much there is, and what to change
   */
  public <T> T run(Function<InverseProblem, T> solution) {
    return need.guard(memory, () -> solution.apply(problem));
  }

  /**
   * Estimates a run by timing a pass of a part of its images, and the noise of its chains, which a
   * fast device waits for.
   *
   * @param passes forward passes of one image that it is worth; a gradient counts as {@value
   *     SolverReport#PASSES_OF_A_GRADIENT}
   * @param chains how many are sampled, at most
   */
  public RunEstimate estimate(long passes, int chains) {
    Planner planner = new Planner(problem, memory);
    Optional<Tiling> tiling = problem.model().network().tiling();
    boolean divided = tiling.isPresent() && tiling.get().divides(planner.canvas());
    // Tiles see their halos too, and a gradient is pulled back in a second pass.
    double pixels = divided ? tiling.get().seenPixels(planner.canvas()) : planner.canvas().size();
    double more = divided ? 1 + 1.0 / SolverReport.PASSES_OF_A_GRADIENT : 1;
    double network = pixels * more * new TimedPass(problem.model(), pixels).secondsOfPixel();
    double noise =
        planner.canvas().size()
            * DRAWS_OF_A_PASS
            * new TimedNoise(problem.model(), planner.atOnce(chains)).secondsOfNumber();
    return new RunEstimate(passes * (network + noise), need.bytes());
  }

  private record Planner(InverseProblem problem, DeviceMemory memory) {

    /** Larger windows are no faster on a CPU, and take more memory. */
    private static final double PIXELS_OF_FAST_WINDOW = 768.0 * 768;

    /** Up to this size the whole takes less time than tiles, which have their halos to pay for. */
    private static final double PIXELS_OF_FAST_CANVAS = 1536.0 * 1536;

    /** Pixels that windows may see for each one of the canvas, and be no slower than the whole. */
    private static final double MOST_SEEN = 2;

    MemoryPlan plan(int chains) {
      Optional<Tiling> given = model().network().tiling();
      if (given.isPresent() && given.get().divides(canvas())) {
        return inTiles(given.get());
      }
      Optional<Tiling> fast = onGpu() || given.isPresent() ? Optional.empty() : fastTiles();
      if (fast.isPresent()) {
        return inTiles(fast.get());
      }
      long batch = atOnce(chains);
      long fitting = (long) (memory.planned() / bytesOfCanvas());
      if (fitting >= batch) {
        return plan(model(), batch * bytesOfCanvas());
      }
      if (fitting >= 1) {
        return plan(model().inBatchesOf(Math.toIntExact(fitting)), fitting * bytesOfCanvas());
      }
      return model()
          .constants()
          .locality()
          .map(locality -> inTiles(tilesInWindowsOf(fittingPixels(), locality)))
          .orElseGet(() -> plan(model().inBatchesOf(1), bytesOfCanvas()));
    }

    /** Chains that step together. */
    int atOnce(int chains) {
      return Posterior.chainsAtOnce(canvas(), chains, onGpu());
    }

    private boolean onGpu() {
      return !model().device().isCpu();
    }

    private MemoryPlan inTiles(Tiling tiling) {
      Shape window = tiling.largestWindow(canvas());
      return plan(model().tiled(tiling.side()).inBatchesOf(1), bytesOf(window));
    }

    private Optional<Tiling> fastTiles() {
      int channels = constants().channels();
      return canvas().size() <= channels * PIXELS_OF_FAST_CANVAS
          ? Optional.empty()
          : constants()
              .locality()
              .map(
                  locality ->
                      tilesInWindowsOf(
                          Math.min(channels * PIXELS_OF_FAST_WINDOW, fittingPixels()), locality))
              .filter(tiling -> tiling.seenPixels(canvas()) <= MOST_SEEN * canvas().size());
    }

    /**
     * As few tiles as there can be with windows that are not larger: those at the image's border
     * have halos on some sides alone.
     */
    private Tiling tilesInWindowsOf(double pixels, Locality locality) {
      ImageSize size = ImageSize.of(canvas());
      int length = Math.max(size.height(), size.width());
      return IntStream.rangeClosed(2, Math.max(2, length / locality.stride()))
          .mapToObj(count -> new Tiling(locality, (length + count - 1) / count))
          .filter(tiling -> tiling.largestWindow(canvas()).size() <= pixels)
          .findFirst()
          .orElse(new Tiling(locality, locality.stride()));
    }

    private MemoryPlan plan(GenerativeModel fitting, double bytes) {
      return new MemoryPlan(
          problem.with(fitting),
          new MemoryNeed(bytes, "sampling this image", advice(fitting)),
          memory);
    }

    private String advice(GenerativeModel fitting) {
      if (fitting.network().tiling().isPresent()) {
        return "Choose a smaller tile, or leave tile out.";
      }
      String smaller = "Choose a smaller field (Image > Crop)";
      return constants().locality().isPresent()
          ? smaller + ", or leave tile out."
          : ("The prior \"%s\" cannot be computed in tiles, because its card tells no reach: any"
                  + " pixel of its images may depend on all others. %s%s.")
              .formatted(
                  model().name(),
                  smaller,
                  problem.generationSteps() > 1 ? " or fewer generation steps" : "");
    }

    private GenerativeModel model() {
      return problem.model();
    }

    private PriorConstants constants() {
      return model().constants();
    }

    private Shape canvas() {
      ImageSize size = ImageSize.of(problem.image());
      return size.withPlanes(constants().roundUp(size.height()), constants().roundUp(size.width()))
          .shape();
    }

    private double bytesOfCanvas() {
      return model().passes(problem.generationSteps()) * bytesOf(canvas());
    }

    private double bytesOf(Shape window) {
      return bytesOfPixel() * window.size();
    }

    /** Pixels whose gradient fits. */
    private double fittingPixels() {
      return memory.planned() / bytesOfPixel();
    }

    private double bytesOfPixel() {
      return constants().gradientBytesPerPixel();
    }
  }
}
