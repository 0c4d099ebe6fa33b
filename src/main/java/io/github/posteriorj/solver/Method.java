package io.github.posteriorj.solver;

import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.prior.GenerativeModel;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How samples of a posterior are to be drawn: a {@link Solver}, or a rule that chooses one. A
 * method is a record whose components are all its settings, so that it can be written down, read
 * again, and compared ({@link MethodSettings}).
 */
public interface Method {

  /**
   * The solver for a kind of problem.
   *
   * @param model the network that makes the prior's images
   * @param generationSteps steps of the prior, K of {@link GenerativeModel#forImages}
   * @param operator what the instrument does to an image
   */
  Solver solver(GenerativeModel model, int generationSteps, ForwardOperator operator);

  /** The solvers that there are to choose from, the preferred one first. */
  List<Solver> solvers();

  /**
   * The same rule with other solvers.
   *
   * @param change gives each solver's successor, of the same class
   */
  Method mapped(UnaryOperator<Solver> change);
}
