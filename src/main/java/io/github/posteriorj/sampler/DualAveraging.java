package io.github.posteriorj.sampler;

/**
 * Tunes a step size so that the mean acceptance probability comes to a target, by Nesterov's dual
 * averaging of the logarithm of the step.
 *
 * <p>Source: Hoffman and Gelman, "The No-U-Turn sampler", Journal of Machine Learning Research
 * 2014, section 3.2, algorithm 5, with its constants.
 */
final class DualAveraging {

  private static final double SHRINKAGE = 0.05;
  private static final double DELAY = 10;
  private static final double FORGETTING = 0.75;

  private final double target;
  private final double longest;
  private final double centre;
  private double logStep;
  private double logAverage;
  private double error;
  private int count;

  /**
   * Begins to tune.
   *
   * @param first the step size to begin with
   * @param target the mean acceptance probability to come to
   * @param longest the step size never to exceed
   */
  DualAveraging(double first, double target, double longest) {
    this.target = target;
    this.longest = longest;
    this.logStep = Math.log(Math.min(first, longest));
    this.centre = Math.log(10) + logStep;
    this.logAverage = logStep;
  }

  /** The step size to try next. */
  double stepSize() {
    return Math.exp(logStep);
  }

  /** The step size to keep. */
  double average() {
    return Math.exp(logAverage);
  }

  /** Takes in the acceptance probability of a move by the latest step size. */
  void learn(double acceptance) {
    count++;
    error += (target - acceptance - error) / (count + DELAY);
    logStep = Math.min(Math.log(longest), centre - Math.sqrt(count) / SHRINKAGE * error);
    double weight = Math.pow(count, -FORGETTING);
    logAverage += weight * (logStep - logAverage);
  }
}
