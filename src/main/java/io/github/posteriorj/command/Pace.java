package io.github.posteriorj.command;

/**
 * How long counted work has still to go, by the time of its steps since the first that was heard
 * of. What was before them, preparation or the steps of an earlier run, does not tell.
 */
final class Pace {

  private static final double NANOSECOND = 1e-9;

  private long begun;
  private long first;
  private long firstTime;
  private long last;
  private long lastTime;
  private long lastTotal;

  /** Begins a count at some time, in nanoseconds. */
  void begin(long time) {
    begun = time;
    first = 0;
    last = 0;
  }

  /**
   * The seconds that are left. Where steps are fewer than before, another count has begun. Where
   * the total is another one, the steps of what is finished are counted anew: that took no time.
   *
   * @param done steps done, at least 1
   * @param total steps that the work will take
   * @param time when that was, in nanoseconds
   */
  double secondsLeft(long done, long total, long time) {
    if (done < last) {
      begin(lastTime);
    } else if (first != 0 && total != lastTotal) {
      first += done - last - 1;
    }
    last = done;
    lastTotal = total;
    lastTime = time;
    if (first == 0) {
      first = done;
      firstTime = time;
    }
    double nanosecondsOfStep =
        done == first
            ? (double) (time - begun) / done
            : (double) (time - firstTime) / (done - first);
    return NANOSECOND * nanosecondsOfStep * (total - done);
  }
}
