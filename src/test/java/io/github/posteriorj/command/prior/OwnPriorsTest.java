package io.github.posteriorj.command.prior;

import io.github.posteriorj.command.Installation;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.library.PriorLibrary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands of a user who has no priors yet, in a folder that goes away with the test. */
public abstract class OwnPriorsTest extends HeadlessTest {

  private static final String HOME = "posteriorj.home";

  @TempDir protected Path directory;
  private String before;

  @BeforeEach
  void useAnotherHome() {
    before = System.setProperty(HOME, directory.resolve("home").toString());
  }

  @AfterEach
  void restoreHome() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  /** The names of the user's own priors. */
  protected static List<String> ownPriors() {
    return new PriorLibrary(List.of(Installation.userModels())).names();
  }
}
