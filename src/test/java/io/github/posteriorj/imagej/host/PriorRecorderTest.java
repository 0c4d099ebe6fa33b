package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.plugin.frame.Recorder;
import io.github.posteriorj.command.prior.FineTunePrior;
import io.github.posteriorj.command.prior.ImportPrior;
import io.github.posteriorj.command.prior.PriorInfo;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.MutableModuleItem;

/** What the recorder writes of the prior commands, their paths with spaces included, they read. */
class PriorRecorderTest extends HeadlessTest {

  private static final String HOME = "posteriorj.home";

  @TempDir private Path directory;
  private String before;

  @BeforeEach
  void useAnotherHome() {
    before = System.setProperty(HOME, directory.toString());
  }

  @AfterEach
  void restore() {
    Recorder.record = false;
    Recorder.resetCommandOptions();
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  /** Records inputs, runs the recorded line, and expects the command's own complaint about them. */
  private static void assertRecorded(
      Class<?> command, String name, Map<String, Object> inputs, String complaint) {
    Module module = Host.instance().create(command.getName());
    inputs.forEach(module::setInput);
    // As commands do in the end.
    for (ModuleItem<?> item : module.getInfo().inputs()) {
      if (!inputs.containsKey(item.getName())) {
        ((MutableModuleItem<?>) item).setVisibility(ItemVisibility.INVISIBLE);
      }
    }
    Recorder.record = true;
    Recorder.resetCommandOptions();
    new RecorderPostprocessor().process(module);
    String recorded = Recorder.getCommandOptions();
    Recorder.record = false;
    for (String key : inputs.keySet()) {
      assertTrue((" " + recorded).contains(" " + key + "="), recorded);
    }
    String error = errorOf("run(\"" + name + "...\", \"" + recorded + "\");");
    assertNotNull(error);
    assertTrue(error.contains(complaint), error);
  }

  @Test
  void importIsRecorded() {
    assertRecorded(
        ImportPrior.class,
        "Import Prior",
        Map.of("path", new File("/nowhere/my beads.pt"), "name", "my beads", "trust", true),
        "/nowhere/my beads.pt: There is no such file or folder.");
  }

  @Test
  void fineTuningIsRecorded() {
    assertRecorded(
        FineTunePrior.class,
        "Fine-Tune Prior",
        Map.of("folder", new File("/nowhere/sharp images"), "name", "my prior", "steps", 7),
        "There is no folder /nowhere/sharp images.");
  }

  @Test
  void infoIsRecorded() {
    assertRecorded(
        PriorInfo.class,
        "Prior Info",
        Map.of("prior", "my beads", "samples", 3),
        "There is no prior \"my beads\"");
  }
}
