package io.github.posteriorj.sampler;

import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Draws samples of a posterior by several Markov chains: warm start, step size, burn-in, thinning.
 *
 * <p>The chains walk in the noise space of a generative model; their law at rest is the posterior.
 * Source: Purohit et al., "Posterior sampling via Langevin dynamics based on generative priors",
 * arXiv 2410.02078, 2024.
 *
 * <p>One seed gives the same samples bit for bit on one machine; a chain's random draws depend on
 * the seed and its own number alone.
 *
 * <pre>{@code
 * SamplerReport report =
 *     new PosteriorSampler(settings)
 *         .run(posterior, sample -> moments.add(sample.image()), SamplingListener.NONE);
 * }</pre>
 */
public final class PosteriorSampler {

  private static final int CURVATURE_ITERATIONS = 10;

  /** Scores that preconditioning learns from, one gradient each, of all chains together. */
  private static final int SCORES = 160;

  /** The most of them that one chain gives: its place is only one of the posterior's. */
  private static final int SCORES_OF_ONE_CHAIN = 40;

  private final SamplerSettings settings;

  /** A sampler of the given settings. */
  public PosteriorSampler(SamplerSettings settings) {
    this.settings = settings;
  }

  /**
   * Draws the samples.
   *
   * @param posterior what to sample
   * @param samples takes each sample as it is drawn; the samples of a round come in the chains'
   *     order
   * @param listener hears of the progress, and may end the run
   * @throws java.util.concurrent.CancellationException if the listener ends it
   * @throws ArithmeticException if a chain's potential is not finite from the start, or no step
   *     size keeps it finite
   */
  public SamplerReport run(
      Posterior posterior, Consumer<PosteriorSample> samples, SamplingListener listener) {
    return new Run(posterior, listener).sample(samples);
  }

  /** The state of one run. */
  private final class Run {

    private final Posterior posterior;
    private final TransitionKernel kernel = settings.moves().integrator().kernel();
    private final RandomStream[] random;
    private final SamplingListener listener;
    private final long planned;
    private long evaluations;
    private boolean limited;

    Run(Posterior posterior, SamplingListener listener) {
      this.posterior = posterior;
      this.listener = listener;
      this.random =
          IntStream.range(0, settings.chains())
              .mapToObj(chain -> RandomStream.of(settings.seed(), chain))
              .toArray(RandomStream[]::new);
      this.planned = isTargeted() ? settings.target().gradients() : plannedEvaluations();
    }

    private long plannedEvaluations() {
      return settings.start().steps()
          + 1
          + scoreRounds()
          + (settings.moves().stepSize() > 0 ? 0 : CURVATURE_ITERATIONS)
          + kernel.gradients()
              * (settings.transitions().burnIn()
                  + (long) settings.rounds() * settings.transitions().thinning());
    }

    SamplerReport sample(Consumer<PosteriorSample> samples) {
      Place[] starts = starts();
      Preconditioner preconditioner = preconditioner(starts);
      Place[] places =
          Arrays.stream(starts).map(preconditioner::inCoordinates).toArray(Place[]::new);
      Walk walk =
          new Walk(
              kernel,
              places,
              random,
              stepSize(preconditioner.precondition(observed("Step size")), places));
      Potential burnIn = preconditioner.precondition(observed("Burn-in"));
      if (settings.moves().stepSize() == 0 && settings.transitions().burnIn() > 0) {
        walk.startTuning();
      }
      for (int step = 0; step < settings.transitions().burnIn(); step++) {
        walk.advance(burnIn);
      }
      walk.freeze();
      Potential sampling = preconditioner.precondition(observed("Sampling"));
      TrackedPixels pixels = new TrackedPixels(settings.chains());
      int drawn = 0;
      while (isWanted(drawn, pixels)) {
        for (int step = 0; step < settings.transitions().thinning(); step++) {
          walk.advance(sampling);
        }
        int round = isTargeted() ? settings.chains() : settings.samples() - drawn;
        for (int chain = 0; chain < Math.min(settings.chains(), round); chain++) {
          Place place = walk.place(chain);
          if (isTargeted()) {
            pixels.add(chain, place.image());
          }
          samples.accept(PosteriorSample.of(chain, place));
          drawn++;
        }
      }
      return walk.report(drawn, preconditioner.toString(), evaluations, limited);
    }

    private boolean isTargeted() {
      return settings.target().effectiveSamples() > 0;
    }

    /** Whether another round of samples is to be drawn. The first one always is. */
    private boolean isWanted(int drawn, TrackedPixels pixels) {
      boolean lacking =
          drawn < settings.samples()
              || isTargeted()
                  && pixels.effectiveSampleSize() < settings.target().effectiveSamples();
      limited = drawn > 0 && lacking && settings.target().isSpent(evaluations);
      return lacking && !limited;
    }

    private Place[] starts() {
      Potential observed = observed("Warm start");
      float[][] states =
          settings
              .start()
              .method()
              .find(posterior, settings.start().steps(), random, () -> advanced("Warm start"));
      Place[] starts = Place.all(states, observed.evaluate(states));
      for (int chain = 0; chain < starts.length; chain++) {
        if (!starts[chain].isFinite()) {
          throw new ArithmeticException(
              "The posterior is not finite where chain "
                  + (chain + 1)
                  + " begins. Check that the noise level and the intensity range fit the image.");
        }
      }
      return starts;
    }

    private Preconditioner preconditioner(Place[] starts) {
      float[][] states = Arrays.stream(starts).map(Place::state).toArray(float[][]::new);
      float[][] predictions =
          posterior.predictions(Arrays.stream(starts).map(Place::image).toArray(float[][]::new));
      List<float[]> scores = new ArrayList<>();
      for (int i = 0; i < scoreRounds(); i++) {
        scores.addAll(Arrays.asList(posterior.simulatedScores(states, predictions, random)));
        advanced("Preconditioning");
      }
      return settings
          .moves()
          .preconditioning()
          .learn(scores.stream().limit(SCORES).toArray(float[][]::new));
    }

    private int scoreRounds() {
      if (settings.moves().preconditioning() == Preconditioning.NONE) {
        return 0;
      }
      return Math.max(1, Math.min(SCORES_OF_ONE_CHAIN, SCORES / settings.chains()));
    }

    private double stepSize(Potential potential, Place[] places) {
      if (settings.moves().stepSize() > 0) {
        return settings.moves().stepSize();
      }
      double curvature = Curvature.largest(potential, places, CURVATURE_ITERATIONS, random);
      // The prior alone has curvature 1 in every direction.
      return kernel.stableStepSize(Math.max(1, curvature));
    }

    /** The posterior, with the listener told of each evaluation. */
    private Potential observed(String stage) {
      return posterior.observedBy(() -> advanced(stage));
    }

    private void advanced(String stage) {
      evaluations++;
      listener.advanced(stage, evaluations, Math.max(planned, evaluations));
    }
  }
}
