package io.github.posteriorj.command.restore;

import io.github.posteriorj.command.MeasurementCommand;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.solver.Method;
import io.github.posteriorj.solver.MethodSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/**
 * How samples are drawn, where a quality's own method is not wanted: methods to compare with, and
 * their settings, of which those that are left out are the ones that are recommended. An input
 * whose name is that of a setting is one.
 *
 * @param <R> what is computed in the background and shown afterwards
 */
@SuppressWarnings("unused") // Settings of methods are read by their names.
public abstract class MethodCommand<R> extends MeasurementCommand<R> {

  @Parameter(
      label = "Method",
      description =
          "How samples are drawn. Left out: as the quality says. The others are there to compare"
              + " with; docs/methods.md tells what each is biased to.",
      choices = {
        "automatic",
        "noise-space Langevin",
        "noise-space Langevin at a level",
        "split Gibbs",
        "N-HMC",
        "DPS",
        "LGD",
        "MPGD",
        "FreeDoM",
        "CM-guided DPS",
        "CM inversion",
        "CMEdit",
        "LATINO",
        "Richardson-Lucy",
        "Richardson-Lucy TV",
        "Wiener"
      },
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.QUALITY))
  private String method;

  @Parameter(
      label = "Noise levels that images come down through",
      description = "DPS and its kin, CM inversion, CMEdit, LATINO: steps from noise to image.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer noise_levels;

  @Parameter(
      label = "Guidance",
      description =
          "DPS, LGD, FreeDoM, CM-guided DPS: how far a step goes towards the measurement, in"
              + " units of the noise that is left. MPGD: by what share its residuals shrink.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double guidance;

  @Parameter(
      label = "Stochasticity of steps, 0 to 1",
      description =
          "DPS and its kin: share of the noise that each step draws anew. 0: Euler steps, 1:"
              + " ancestral ones.",
      min = "0",
      max = "1",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double stochasticity;

  @Parameter(
      label = "Images that are compared with the measurement",
      description =
          "DPS, LGD, MPGD, FreeDoM: what a noisy image is taken for, the mean of what it may come"
              + " from or one such image.",
      choices = {"denoiser", "consistency model"},
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private String guided_by;

  @Parameter(
      label = "Copies of an image",
      description = "LGD: how many copies with noise stand for what is not known of an image.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer copies;

  @Parameter(
      label = "Noise on the copies",
      description = "LGD: its standard deviation, in units of the prior's range.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double copy_spread;

  @Parameter(
      label = "Repeats of a step in time travel",
      description = "FreeDoM: how often each step of its range is made.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer travel_repeats;

  @Parameter(
      label = "Time travel from",
      description = "FreeDoM: where its range begins, as a share of the way down.",
      min = "0",
      max = "1",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double travel_from;

  @Parameter(
      label = "Time travel to",
      description = "FreeDoM: where its range ends.",
      min = "0",
      max = "1",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double travel_to;

  @Parameter(
      label = "Noise on images that are compared",
      description =
          "CM-guided DPS, CM inversion: noise that is added to an image before it is compared with"
              + " the measurement, in units of the prior's range: 0.2 keeps networks from being"
              + " fooled.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double perturbation;

  @Parameter(
      label = "Inversion steps at a noise level",
      description = "CM inversion: Adam's steps, one gradient each.",
      min = "0",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer inversion_steps;

  @Parameter(
      label = "Inversion rate",
      description = "CM inversion: Adam's rate, in units of the level's noise.",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double inversion_rate;

  @Parameter(
      label = "Strength of proximal steps",
      description = "LATINO: the larger, the closer images come to the measurement.",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double proximal_strength;

  @Parameter(
      label = "Last level of split Gibbs (0: automatic)",
      description =
          "split Gibbs: the noise level that it ends at, in units of the prior's range; 0"
              + " chooses it from the measurement.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double last_level;

  @Parameter(
      label = "Trajectories of a chain",
      description = "N-HMC: proposals of a chain, whose end is its sample.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer proposals;

  @Parameter(
      label = "Leapfrog steps of a trajectory",
      description = "N-HMC: one gradient each.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer leapfrog_steps;

  @Parameter(
      label = "Length of a leapfrog step",
      description = "N-HMC: in units of the noise space.",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double leapfrog_step;

  @Parameter(
      label = "Annealing",
      description = "N-HMC: how many times the noise's level is above the true one at first.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double annealing;

  @Parameter(
      label = "Most iterations",
      description = "Richardson-Lucy and its TV: iterations after which it ends in any case.",
      min = "1",
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Integer iterations;

  @Parameter(
      label = "Misfit to stop at",
      description =
          "Richardson-Lucy, its TV, Wiener: made sharper until the misfit is this one; 1"
              + " is what the noise explains.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double discrepancy;

  @Parameter(
      label = "Weight of total variation",
      description = "Richardson-Lucy TV: the larger, the smoother.",
      min = "0",
      style = DECIMALS,
      required = false,
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.OTHER_METHODS))
  private Double smoothing;

  /** The method that was chosen, before any setting of its own. */
  protected final Method method(Method ofQuality) {
    return method == null || method.equals(MethodSettings.kind(ofQuality))
        ? ofQuality
        : MethodSettings.standard(method);
  }

  /** How the choice of a method is written in a macro; empty if none was made. */
  protected final String methodAsGiven() {
    return method == null ? "" : "method=[" + method + "]";
  }

  /** The settings of methods that were given, by their keys. */
  protected final Map<String, Object> settingsOfMethod() {
    Map<String, Object> given = new LinkedHashMap<>();
    settings().forEach(key -> given.put(key, getInput(key)));
    given.values().removeIf(Objects::isNull);
    return given;
  }

  /** Leaves all to the quality. */
  protected void forgetMethod() {
    method = null;
    settings().forEach(key -> setInput(key, null));
  }

  /** The inputs that are settings of a method. */
  private Stream<String> settings() {
    return MethodSettings.recommended().keySet().stream()
        .filter(key -> getInfo().getInput(key) != null);
  }
}
