package io.github.posteriorj.tensor;

import java.lang.reflect.Method;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps DJL's own lines out of the console, which Fiji opens over the results at the first of them;
 * errors pass. Which logger stands behind SLF4J is the host's choice: SLF4J's simple one, Java's,
 * Logback or Log4j.
 */
final class EngineLog {

  private static final String DJL = "ai.djl";
  private static final String SIMPLE_LEVEL = "org.slf4j.simpleLogger.log." + DJL;

  /** Java forgets the level of a logger that nobody holds. */
  private static final Logger JAVAS = Logger.getLogger(DJL);

  private EngineLog() {}

  /** To be called before DJL's classes are loaded. */
  static void silence() {
    if (System.getProperty(SIMPLE_LEVEL) == null) {
      System.setProperty(SIMPLE_LEVEL, "error");
    }
    JAVAS.setLevel(Level.SEVERE);
    silence(LoggerFactory.getLogger(DJL));
  }

  /**
   * Logback's and Log4j's loggers have {@code setLevel(Level)}, and {@code Level.toLevel(name)}.
   */
  static void silence(Object logger) {
    for (Method method : logger.getClass().getMethods()) {
      if (method.getName().equals("setLevel") && method.getParameterCount() == 1) {
        try {
          Class<?> level = method.getParameterTypes()[0];
          method.invoke(logger, level.getMethod("toLevel", String.class).invoke(null, "ERROR"));
        } catch (ReflectiveOperationException e) {
          // Lines in a console do no harm.
          return;
        }
      }
    }
  }
}
