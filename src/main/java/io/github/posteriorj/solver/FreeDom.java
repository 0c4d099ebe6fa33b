package io.github.posteriorj.solver;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.sampler.diffusion.CleanImages;
import io.github.posteriorj.sampler.diffusion.Stage;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * FreeDoM: DPS that travels in time. In a middle range of the levels each step is made several
 * times, from its own result with the noise that lies between the two levels added again:
 *
 * <p>x_t = x_(t') + sqrt(t^2 - t'^2) e.
 *
 * <p>Source: Yu et al., "FreeDoM: training-free energy-guided conditional diffusion model", ICCV
 * 2023, algorithm 2.
 *
 * @param noiseLevels noise levels, at least 1
 * @param guidance zeta of {@link DiffusionPosteriorSampling}, 0 or more
 * @param stochasticity share of the noise that a step draws anew, 0 (Euler) to 1 (ancestral)
 * @param guidedBy what a noisy image is taken for
 * @param travelRepeats how often a step of the range is made, at least 1
 * @param travelFrom where the range begins, as a share of the way from the highest level
 * @param travelTo where it ends
 */
public record FreeDom(
    int noiseLevels,
    double guidance,
    double stochasticity,
    CleanImages guidedBy,
    int travelRepeats,
    double travelFrom,
    double travelTo)
    implements ReverseSolver {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public FreeDom {
    new DiffusionPosteriorSampling(noiseLevels, guidance, stochasticity, guidedBy);
    Settings.atLeast("travel_repeats", travelRepeats, 1);
    Settings.share("travel_from", travelFrom);
    Settings.share("travel_to", travelTo);
  }

  /** The settings that are recommended. */
  public static FreeDom standard() {
    return new FreeDom(100, 0.3, 1, CleanImages.DENOISER, 2, 0.3, 0.7);
  }

  @Override
  public Set<CleanImages> needs() {
    return Set.of(guidedBy);
  }

  private DiffusionPosteriorSampling oneWay() {
    return new DiffusionPosteriorSampling(noiseLevels, guidance, stochasticity, guidedBy);
  }

  @Override
  public NDArray next(Stage stage, NDArray x) {
    NDArray reached = oneWay().next(stage, x);
    for (int repeat = 1; repeat < repeats(stage.share()); repeat++) {
      reached = oneWay().next(stage, stage.returned(reached));
    }
    return reached;
  }

  private int repeats(double share) {
    return share >= travelFrom && share <= travelTo ? travelRepeats : 1;
  }

  @Override
  public long passes() {
    return 0;
  }

  @Override
  public long gradients() {
    return IntStream.range(0, noiseLevels).map(index -> repeats(share(index))).sum();
  }
}
