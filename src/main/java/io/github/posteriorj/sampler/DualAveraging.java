package io.github.posteriorj.sampler;

/**
 * Tunes a step size so that the mean acceptance probability comes to a target, by Nesterov's dual
 * averaging of the logarithm of the step.
 *
 * <p>Source: Hoffman and Gelman, "The No-U-Turn sampler", Journal of Machine Learning Research
 * 2014, section 3.2, algorithm 5, with its constants.
 *
 * @param target the mean acceptance probability to come to
 * @param longest the step size never to exceed
 * @param centre the logarithm that the steps are drawn to
 * @param logStep the logarithm of the step size to try next
 * @param logAverage that of the step size to keep
 * @param error how far the acceptance fell short of the target, on average
 * @param count moves that it was learnt from
 */
record DualAveraging(
    double target,
    double longest,
    double centre,
    double logStep,
    double logAverage,
    double error,
    int count) {

  private static final double SHRINKAGE = 0.05;
  private static final double DELAY = 10;
  private static final double FORGETTING = 0.75;

  /**
   * Begins to tune.
   *
   * @param first the step size to begin with
   * @param target the mean acceptance probability to come to
   * @param longest the step size never to exceed
   */
  static DualAveraging from(double first, double target, double longest) {
    double logStep = Math.log(Math.min(first, longest));
    return new DualAveraging(target, longest, Math.log(10) + logStep, logStep, logStep, 0, 0);
  }

  /** What {@link #numbers} has written down. */
  static DualAveraging of(double[] numbers) {
    return new DualAveraging(
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], (int) numbers[6]);
  }

  /** All of it as numbers. */
  double[] numbers() {
    return new double[] {target, longest, centre, logStep, logAverage, error, count};
  }

  /** The step size to try next. */
  double stepSize() {
    return Math.exp(logStep);
  }

  /** The step size to keep. */
  double average() {
    return Math.exp(logAverage);
  }

  /** The same after the acceptance probability of a move by the latest step size. */
  DualAveraging after(double acceptance) {
    int moves = count + 1;
    double shortfall = error + (target - acceptance - error) / (moves + DELAY);
    double step = Math.min(Math.log(longest), centre - Math.sqrt(moves) / SHRINKAGE * shortfall);
    double weight = Math.pow(moves, -FORGETTING);
    double average = logAverage + weight * (step - logAverage);
    return new DualAveraging(target, longest, centre, step, average, shortfall, moves);
  }
}
