package io.github.posteriorj.solver;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.sampler.level.NetworkPrior;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Chains at a level of the noise space where they are known to be the better ones, else chains at
 * its highest level: the former need an operator that never saturates, or that is nothing but a
 * camera that does, and a prior that is known at all levels.
 *
 * @param atLevel for such operators
 * @param atSigmaMax for all others
 */
public record Automatic(LevelLangevin atLevel, NoiseSpaceLangevin atSigmaMax) implements Method {

  @Override
  public Solver solver(GenerativeModel model, int generationSteps, ForwardOperator operator) {
    boolean isKnown = NetworkPrior.isKnownAtAllLevels(model, generationSteps);
    boolean isSampledAtLevel = operator.neverSaturates() || operator.clipsPixels();
    return isKnown && isSampledAtLevel ? atLevel : atSigmaMax;
  }

  @Override
  public List<Solver> solvers() {
    return List.of(atLevel, atSigmaMax);
  }

  @Override
  public Method mapped(UnaryOperator<Solver> change) {
    return new Automatic(
        (LevelLangevin) change.apply(atLevel), (NoiseSpaceLangevin) change.apply(atSigmaMax));
  }
}
