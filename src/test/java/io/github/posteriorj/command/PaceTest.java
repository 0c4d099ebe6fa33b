package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  private final Pace pace = new Pace();

  private double secondsLeft(long done, long total, long seconds) {
    return pace.secondsLeft(done, total, seconds * SECOND);
  }

  @Test
  void itGoesOnAsItBegan() {
    pace.begin(100 * SECOND);
    assertEquals(18, secondsLeft(1, 10, 102));
    assertEquals(16, secondsLeft(2, 10, 104));
    assertEquals(0, secondsLeft(10, 10, 120));
  }

  @Test
  void aLongPreparationMakesNoLongWork() {
    pace.begin(0);
    secondsLeft(1, 41, 60);
    assertEquals(39, secondsLeft(2, 41, 61));
  }

  @Test
  void stepsOfAnEarlierRunTookNoTime() {
    pace.begin(0);
    secondsLeft(81, 101, 3);
    assertEquals(54, secondsLeft(83, 101, 9));
  }

  @Test
  void finishedPlanesThatAreCountedAnewTookNoTime() {
    pace.begin(0);
    secondsLeft(3501, 7000, 2);
    secondsLeft(3502, 7000, 4);
    assertEquals(2 * (25000 - 12503), secondsLeft(12503, 25000, 6));
  }

  @Test
  void anotherCountHasItsOwnPace() {
    pace.begin(0);
    secondsLeft(1, 8, 1);
    secondsLeft(8, 8, 8);
    assertEquals(60, secondsLeft(1, 21, 11));
    assertEquals(95, secondsLeft(2, 21, 16));
  }
}
