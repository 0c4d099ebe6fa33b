package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.plugin.frame.Recorder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.module.Module;

class RecorderTest extends HeadlessTest {

  @BeforeEach
  void startRecording() {
    Recorder.record = true;
    Recorder.resetCommandOptions();
  }

  @AfterEach
  void stopRecording() {
    Recorder.record = false;
    Recorder.resetCommandOptions();
  }

  @Test
  void theRecordedLineDoesTheSame() {
    Module module = Host.instance().create(EverythingCommand.class.getName());
    Map<String, Object> inputs =
        Map.of(
            "sigma",
            3.25,
            "psf_sigma",
            7.0,
            "noisy",
            true,
            "method",
            "exact one",
            "samples",
            4,
            "title",
            "[x] \"y\" \\z");
    inputs.forEach(module::setInput);
    new RecorderPostprocessor(Optional::empty).process(module);
    String recorded = Recorder.getCommandOptions();
    Recorder.record = false;

    assertNull(errorOf("run(\"Everything...\", \"" + recorded + "\");"));
    inputs.forEach(
        (key, value) ->
            assertEquals(InputText.format(value), EverythingCommand.given().get(key), key));
  }

  /** Fiji, and ImageJ's recorder, would find the one inside the other. */
  @Test
  void theShorterOfTwoSimilarKeysComesFirst() {
    Module module = Host.instance().create(EverythingCommand.class.getName());
    new RecorderPostprocessor(Optional::empty).process(module);
    String recorded = Recorder.getCommandOptions();
    assertTrue(recorded.indexOf("sigma=2") < recorded.indexOf("psf_sigma=1.5"), recorded);
  }

  @Test
  void theActiveImageIsNotRecorded() {
    Module module = Host.instance().create(EverythingCommand.class.getName());
    module.setInput("image", ij.IJ.createImage("cells", 4, 4, 1, 8));
    new RecorderPostprocessor(() -> Optional.of("image")).process(module);
    assertEquals(-1, Recorder.getCommandOptions().indexOf("image="));
    Recorder.resetCommandOptions();
    new RecorderPostprocessor(Optional::empty).process(module);
    assertTrue(Recorder.getCommandOptions().contains("image=cells"));
  }
}
