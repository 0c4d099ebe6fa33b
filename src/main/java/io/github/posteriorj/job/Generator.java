package io.github.posteriorj.job;

import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.text.Labelled;
import java.io.IOException;

/** Which of a prior's networks makes images of noise. */
public enum Generator implements Labelled {

  /** The consistency model, in one step or several. */
  CONSISTENCY_MODEL(Generator.CONSISTENCY) {
    @Override
    GenerativeModel open(InstalledPrior prior, ComputeDevice device, NetworkConsent consent)
        throws IOException {
      return prior.openConsistencyModel(device, consent);
    }
  },

  /** The diffusion model that it was made of, by its probability-flow equation. */
  PROBABILITY_FLOW(Generator.FLOW) {
    @Override
    GenerativeModel open(InstalledPrior prior, ComputeDevice device, NetworkConsent consent)
        throws IOException {
      return prior.openDenoiser(device, consent);
    }

    @Override
    void checkSteps(int steps) {
      if (steps == 1) {
        throw new IllegalArgumentException(
            "One generation step of the probability flow gives the mean of all images. Use"
                + " generation_steps=6 or more (18 in Karras et al. 2022), or"
                + " generator=[consistency model].");
      }
    }
  };

  /** The label of {@link #CONSISTENCY_MODEL}. */
  public static final String CONSISTENCY = "consistency model";

  /** The label of {@link #PROBABILITY_FLOW}. */
  public static final String FLOW = "probability flow";

  /** The description of the input {@code generator}. */
  public static final String DESCRIPTION =
      "What makes images of noise: the prior's consistency model, or the diffusion model that it"
          + " was made of, by its probability-flow equation, which takes more passes.";

  /** The description of the input {@code generation_steps}. */
  public static final String STEPS_DESCRIPTION =
      "Of the consistency model, network passes from noise to image: 1 is fast, 2 makes crisper"
          + " images in twice the time. Of the probability flow, Heun's steps of two passes each:"
          + " 18 are usual.";

  private final String label;

  Generator(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The generator of a given label.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Generator labelled(String label) {
    return Labelled.find(values(), "generator", label);
  }

  abstract GenerativeModel open(InstalledPrior prior, ComputeDevice device, NetworkConsent consent)
      throws IOException;

  void checkSteps(int steps) {}
}
