package io.github.posteriorj.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class EngineLogTest {

  /** A level as Logback and Log4j have it. */
  public record NamedLevel(String name) {
    public static NamedLevel toLevel(String name) {
      return new NamedLevel(name);
    }
  }

  /** A logger as Logback and Log4j have it. */
  public static final class LevelledLogger {
    private NamedLevel level;

    public void setLevel(NamedLevel level) {
      this.level = level;
    }
  }

  @Test
  void whateverLoggerTheHostHasDjlSaysErrorsOnly() {
    EngineLog.silence();
    assertEquals("error", System.getProperty("org.slf4j.simpleLogger.log.ai.djl"));
    System.gc();
    assertEquals(Level.SEVERE, Logger.getLogger("ai.djl").getLevel());
    LevelledLogger logger = new LevelledLogger();
    EngineLog.silence(logger);
    assertEquals(NamedLevel.toLevel("ERROR"), logger.level);
  }

  @Test
  void aLoggerWithoutLevelsIsLeftAsItIs() {
    EngineLog.silence(new Object());
  }
}
