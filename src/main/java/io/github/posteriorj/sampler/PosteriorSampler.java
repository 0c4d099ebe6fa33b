package io.github.posteriorj.sampler;

import ai.djl.ndarray.NDManager;
import io.github.posteriorj.progress.Progress;
import java.util.Arrays;
import java.util.Optional;

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
 *         .run(posterior, sample -> moments.add(sample.image()), Progress.NONE);
 * }</pre>
 */
public final class PosteriorSampler {

  private static final String BURN_IN = "Burn-in";

  private static final int CURVATURE_ITERATIONS = 10;

  /** A usual curvature of what preconditioning has flattened: it tells the time left at first. */
  private static final double USUAL_CURVATURE = 200;

  /** Scores that preconditioning learns from, one gradient each, of all chains together. */
  private static final int SCORES = 160;

  /** The most of them that one chain gives where it stands: it is only one of many places. */
  private static final int SCORES_OF_ONE_PLACE = 20;

  /**
   * How many times the curvature elsewhere may be that of the few places where the coordinates were
   * learnt. Measured for deblurring with the bundled prior: 16 to 60 after the start, 2 to 4 on the
   * way.
   */
  private static final double UNSEEN_BY_STARTS = 64;

  private static final double UNSEEN_ON_THE_WAY = 4;

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
  public SamplerReport run(Posterior posterior, SampleSink samples, Progress listener) {
    return run(posterior, samples, Checkpoints.NONE, listener);
  }

  /**
   * The same, with the chains' state kept when their starts are found, when they set out, and after
   * each transition. A run that finds one goes on from it: the samples are those of a run that was
   * not disturbed, to the bit.
   */
  public SamplerReport run(
      Posterior posterior, SampleSink samples, Checkpoints checkpoints, Progress listener) {
    try (NDManager scope = posterior.newScope()) {
      return new Run(posterior, scope, samples, checkpoints, listener).sample();
    }
  }

  /** Gradients that each chain will take, as far as that is known before the step size is. */
  public long expectedGradients() {
    if (isTargeted()) {
      return settings.target().gradients();
    }
    double given = settings.moves().stepSize();
    TransitionKernel kernel = settings.moves().integrator().kernel();
    double stepSize = given > 0 ? given : kernel.stableStepSize(USUAL_CURVATURE);
    int estimates = learningTransitions() > 0 ? 3 : settings.transitions().burnIn() > 0 ? 2 : 1;
    return settings.start().steps()
        + 1
        + (learns() ? scoresDue(learningTransitions()) / settings.chains() : 0)
        + (given > 0 ? 0 : estimates * CURVATURE_ITERATIONS)
        + transitions() * kernel.gradients(stepSize);
  }

  private long transitions() {
    return settings.transitions().burnIn()
        + (long) settings.rounds() * settings.transitions().thinning();
  }

  /** Whether an effective sample size is to be reached. */
  private boolean isTargeted() {
    return settings.target().effectiveSamples() > 0;
  }

  /** Whether there are coordinates to learn. */
  private boolean learns() {
    return settings.moves().preconditioning() != Preconditioning.NONE;
  }

  /** Transitions at the ends of which more is learnt. */
  private int learningTransitions() {
    return learns() ? settings.transitions().burnIn() / 2 : 0;
  }

  /** Scores to learn from in all after a number of learning transitions. */
  private int scoresDue(int transitions) {
    int ofStarts = Math.min(SCORES / 2, SCORES_OF_ONE_PLACE * settings.chains());
    return transitions == 0
        ? ofStarts
        : ofStarts + SCORES / 2 * transitions / learningTransitions();
  }

  /** The state of one run. */
  private final class Run {

    private final Posterior posterior;
    private final NDManager scope;
    private final Checkpoints checkpoints;
    private final Progress listener;
    private final TransitionKernel kernel = settings.moves().integrator().kernel();
    private final TrackedPixels pixels = new TrackedPixels(settings.chains(), settings.rounds());
    private final DrawnSamples samples;
    private final DrawnScores scores;
    private ChainNoise noise = ChainNoise.of(settings.seed(), 0, settings.chains());
    private Preconditioner preconditioner = Preconditioner.NONE;
    private int learnt;
    private ChainState[] starts;
    private ChainEnsemble walk;
    private int moved;
    private long planned = expectedGradients();
    private long evaluations;
    private boolean limited;

    Run(
        Posterior posterior,
        NDManager scope,
        SampleSink sink,
        Checkpoints checkpoints,
        Progress listener) {
      this.posterior = posterior;
      this.scope = scope;
      this.checkpoints = checkpoints;
      this.listener = listener;
      this.samples = new DrawnSamples(checkpoints, tracked(sink), scope);
      this.scores = new DrawnScores(checkpoints, scope);
    }

    /** Looks at samples before they are passed on, where their number depends on them. */
    private SampleSink tracked(SampleSink sink) {
      return sample -> {
        if (isTargeted()) {
          pixels.add(sample.chain(), sample.image());
        }
        sink.add(sample);
      };
    }

    SamplerReport sample() {
      ChainCheckpoint.kept(checkpoints, scope).ifPresentOrElse(this::resume, this::findStarts);
      if (walk == null) {
        collectScores(starts, scoresDue(0));
        setOut(starts, UNSEEN_BY_STARTS);
        keep();
      }
      burnIn();
      draw();
      return walk.report(samples.count(), preconditioner.toString(), evaluations, limited);
    }

    private void resume(ChainCheckpoint before) {
      ChainCheckpoint.Counts counts = before.counts();
      moved = counts.transitions();
      evaluations = counts.evaluations();
      noise = ChainNoise.at(before.positions(), settings.seed(), 0);
      starts = before.starts();
      samples.repeat(counts.samples());
      scores.repeat(counts.scores());
      if (before.walk().isPresent()) {
        learn(counts.learnt());
        walk = new ChainEnsemble(kernel, starts, noise.streams(), before.walk().get());
      }
    }

    private void keep() {
      if (checkpoints.isDue()) {
        new ChainCheckpoint(
                new ChainCheckpoint.Counts(
                    moved, evaluations, samples.count(), scores.count(), learnt),
                noise.positions(),
                starts,
                Optional.ofNullable(walk).map(ChainEnsemble::state))
            .keep(checkpoints, scope);
      }
    }

    /**
     * Brings the chains to rest. In the first half, the coordinates are learnt once more, from
     * where the chains come by; in the end, the step size from where they have come to.
     */
    private void burnIn() {
      while (moved < settings.transitions().burnIn()) {
        advance(BURN_IN);
        if (moved <= learningTransitions()) {
          collectScores(walk.places(), scoresDue(moved));
        }
        if (moved == learningTransitions()) {
          float[][] states = inNoise(walk.places());
          setOut(ChainState.all(states, observed(BURN_IN).evaluate(states)), UNSEEN_ON_THE_WAY);
        }
        if (moved == settings.transitions().burnIn()) {
          rest();
        }
        keep();
      }
    }

    /** Keeps the step size from now on. */
    private void rest() {
      walk.freeze();
      if (isAutomatic() && !isTuned()) {
        walk.changeStepSize(stableStepSize(walk.places(), 1));
      }
    }

    private void draw() {
      while (isWithinARound() || isWanted()) {
        advance("Sampling");
        if (!isWithinARound()) {
          drawRound();
        }
        keep();
      }
    }

    /** Whether the chains are on their way from one sample to the next. */
    private boolean isWithinARound() {
      return (moved - settings.transitions().burnIn()) % settings.transitions().thinning() != 0;
    }

    private void drawRound() {
      int lacking = isTargeted() ? settings.chains() : settings.samples() - samples.count();
      ChainState[] places = walk.places();
      for (int chain = 0; chain < Math.min(settings.chains(), lacking); chain++) {
        samples.add(PosteriorSample.of(chain, places[chain]));
      }
    }

    /** Whether another round of samples is to be drawn. The first one always is. */
    private boolean isWanted() {
      boolean lacking =
          samples.count() < settings.samples()
              || isTargeted()
                  && pixels.effectiveSampleSize() < settings.target().effectiveSamples();
      limited = samples.count() > 0 && lacking && settings.target().isSpent(evaluations);
      return lacking && !limited;
    }

    /** Whether the step size is to be chosen. */
    private boolean isAutomatic() {
      return settings.moves().stepSize() == 0;
    }

    /** Whether acceptance tells the step size. */
    private boolean isTuned() {
      return isAutomatic()
          && settings.transitions().burnIn() > 0
          && kernel.targetAcceptance().isPresent();
    }

    /** Lets the chains set out from places in noise, in coordinates learnt from all scores. */
    private void setOut(ChainState[] places, double unseen) {
      learn(scores.count());
      starts = Arrays.stream(places).map(preconditioner::inCoordinates).toArray(ChainState[]::new);
      int halvings = walk == null ? 0 : walk.halvings();
      double given = Math.scalb(settings.moves().stepSize(), -halvings);
      double stepSize = isAutomatic() ? stableStepSize(starts, learns() ? unseen : 1) : given;
      walk = new ChainEnsemble(kernel, starts, noise.streams(), stepSize, halvings);
      if (isTuned()) {
        walk.startTuning();
      }
    }

    /** Learns the coordinates from the first scores. */
    private void learn(int count) {
      learnt = count;
      preconditioner = settings.moves().preconditioning().learn(scores.first(count));
    }

    private float[][] inNoise(ChainState[] places) {
      return Arrays.stream(places)
          .map(place -> preconditioner.toLatent(place.position()))
          .toArray(float[][]::new);
    }

    private void advance(String stage) {
      if (!isTargeted()) {
        planned = evaluations + (transitions() - moved) * kernel.gradients(walk.stepSize());
      }
      walk.advance(preconditioner.precondition(observed(stage)));
      moved++;
    }

    private void findStarts() {
      Potential observed = observed("Warm start");
      float[][] states =
          settings
              .start()
              .method()
              .find(
                  posterior,
                  settings.start().steps(),
                  noise.streams(),
                  () -> advanced("Warm start"));
      starts = ChainState.all(states, observed.evaluate(states));
      for (int chain = 0; chain < starts.length; chain++) {
        if (!starts[chain].isFinite()) {
          throw new ArithmeticException(
              "The posterior is not finite where chain "
                  + (chain + 1)
                  + " begins. Check that the noise level and the intensity range fit the image.");
        }
      }
      keep();
    }

    /** Scores at places in the present coordinates, until there are as many as are due. */
    private void collectScores(ChainState[] places, int due) {
      if (!learns() || scores.count() >= due) {
        return;
      }
      float[][] states = inNoise(places);
      float[][] predictions =
          posterior.predictions(
              Arrays.stream(places).map(ChainState::image).toArray(float[][]::new));
      while (scores.count() < due) {
        Arrays.stream(posterior.simulatedScores(states, predictions, noise.streams()))
            .limit(due - scores.count())
            .forEach(scores::add);
        advanced("Preconditioning");
      }
    }

    /**
     * A step size that is stable at places in the present coordinates.
     *
     * @param unseen how many times larger the curvature may be elsewhere
     */
    private double stableStepSize(ChainState[] places, double unseen) {
      Potential potential = preconditioner.precondition(observed("Step size"));
      double curvature =
          Curvature.largest(potential, places, CURVATURE_ITERATIONS, noise.streams());
      // The prior alone has curvature 1 in every direction.
      return kernel.stableStepSize(Math.max(1, unseen * curvature));
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
