package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.plugin.frame.Recorder;
import io.github.posteriorj.imagej.input.InputText;
import io.github.posteriorj.imagej.input.OpenImages;
import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.MutableModuleItem;

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
    hide(module, "all_settings");
    new RecorderPostprocessor().process(module);
    String recorded = Recorder.getCommandOptions();
    Recorder.record = false;

    assertNull(errorOf("run(\"Everything...\", \"" + recorded + "\");"));
    inputs.forEach(
        (key, value) ->
            assertEquals(InputText.format(value), EverythingCommand.given().get(key), key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the \"cells\"",
        "\"",
        "C:\\new\\cells\\",
        "\\\\server\\my cells",
        "\\\"",
        "cells [1]",
        "[1] cells",
        "cells] 1",
        "cells [1",
        "[cells] [1]",
        "[",
        "l'axone",
        "'cells' 1",
        "'",
        "&cells",
        "sigma=9 noisy=true",
        " cells ",
        "cells\t1",
        "\u00b5m \u7ec6\u80de \u4e22"
      })
  void anyTitleIsReadAsItWas(String title) {
    assertNull(errorOf("newImage('cells', '8-bit', 8, 8, 1);"));
    OpenImages.all().get(0).setTitle(title);
    Module module = Host.instance().create(EverythingCommand.class.getName());
    module.setInput("image", title);
    module.setInput("title", title);
    module.setInput("folder", new File(title));
    hide(module, "all_settings");
    new RecorderPostprocessor().process(module);
    String recorded = Recorder.getCommandOptions();
    Recorder.record = false;

    assertNull(errorOf("run(\"Everything...\", \"" + recorded + "\");"), recorded);
    assertEquals(title, EverythingCommand.given().get("image"), recorded);
    assertEquals(title, EverythingCommand.given().get("title"), recorded);
    assertEquals(title, EverythingCommand.given().get("folder"), recorded);
  }

  /** Fiji, and ImageJ's recorder, would find the one inside the other. */
  @Test
  void theShorterOfTwoSimilarKeysComesFirst() {
    Module module = Host.instance().create(EverythingCommand.class.getName());
    new RecorderPostprocessor().process(module);
    String recorded = Recorder.getCommandOptions();
    assertTrue(recorded.indexOf("sigma=2") < recorded.indexOf("psf_sigma=1.5"), recorded);
  }

  @Test
  void whatIsInvisibleIsNotRecorded() {
    Module module = Host.instance().create(EverythingCommand.class.getName());
    hide(module, "sigma");
    new RecorderPostprocessor().process(module);
    assertFalse((" " + Recorder.getCommandOptions()).contains(" sigma="));
  }

  private static void hide(Module module, String name) {
    ((MutableModuleItem<?>) module.getInfo().getInput(name))
        .setVisibility(ItemVisibility.INVISIBLE);
  }
}
