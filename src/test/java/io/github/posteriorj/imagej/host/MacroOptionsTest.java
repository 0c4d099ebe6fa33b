package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.posteriorj.imagej.input.OpenImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacroOptionsTest extends HeadlessTest {

  private static final String IMAGES =
      "newImage('first', '8-bit', 8, 8, 1); id = getImageID();"
          + "newImage('second one', '8-bit', 8, 8, 1);";

  @Test
  void setsEveryKindOfInput() {
    assertNull(
        errorOf(
            IMAGES
                + "run('Everything...', 'image=first sigma=3.5 psf_sigma=4 samples=7 noisy=true"
                + " method=[exact one] steps=4 title=[sigma=9 x] folder=[/a b/c]');"));
    assertGiven("image", "first");
    assertGiven("sigma", "3.5");
    assertGiven("psf_sigma", "4");
    assertGiven("samples", "7");
    assertGiven("noisy", "true");
    assertGiven("method", "exact one");
    assertGiven("steps", "4");
    assertGiven("title", "sigma=9 x");
    assertGiven("folder", "/a b/c");
  }

  @Test
  void leavesTheOthersAtTheirDefaults() {
    assertNull(errorOfCommand("psf_sigma=4"));
    assertGiven("sigma", "2");
    assertGiven("samples", "10");
    assertGiven("steps", "");
    assertGiven("image", "");
  }

  @Test
  void findsAnImageByItsTitle() {
    assertNull(errorOf(IMAGES + "run('Everything...', 'image=[second one]');"));
    assertGiven("image", "second one");
  }

  @Test
  void findsAnImageByItsNumber() {
    assertNull(errorOf(IMAGES + "run('Everything...', 'image=' + id);"));
    assertGiven("image", "first");
  }

  @Test
  void takesTheActiveImageWhenNoneIsNamed() {
    assertNull(errorOf(IMAGES + "selectImage(id); run('Everything...', 'sigma=3');"));
    assertGiven("image", "first");
  }

  @Test
  void readsVariablesOfTheMacro() {
    assertNull(errorOf("s = 4.5; t = 'two words'; run('Everything...', 'sigma=&s title=&t');"));
    assertGiven("sigma", "4.5");
    assertGiven("title", "two words");
  }

  @Test
  void runsWithoutOptions() {
    assertNull(errorOf("run('Everything...');"));
    assertGiven("sigma", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sigmaa=3       | there is no option "sigmaa". Did you mean "sigma"?
          Sigma=3        | there is no option "Sigma". Did you mean "sigma"?
          noisy          | "noisy" stands alone. Write noisy=true or noisy=false.
          sigma          | "sigma" stands alone. Write sigma=value.
          sigma=much     | sigma must be a number; it is "much".
          sigma=         | sigma has no value; it must be a number.
          sigma=NaN      | sigma must be a number; it is "NaN".
          samples=2.5    | samples must be a whole number; it is 2.5.
          samples=1e12   | samples is too large a number: 1e12.
          noisy=1        | noisy must be true or false; it is "1".
          method=exact   | method has no choice "exact". Its choices are: "fast", "exact one".
          method=fsat    | method has no choice "fsat". Did you mean "fast"?
          sigma=0,9      | sigma must be a number; it is "0,9". Write a point: 0.9.
          sigma=30       | sigma must be between 0.5 and 20; it is 30.
          steps=2        | steps must be at least 3; it is 2.
          all_settings=true | there is no option "all_settings".
          psf=nowhere    | psf asks for the image "nowhere", but no image is open.
          image=nowhere  | image asks for the image "nowhere", but no image is open.
          sigma=1 sigma=2| "sigma" is given twice. Leave one of the two out.
          title=[open    | the closing ] is missing
          sigma=&nothing | sigma=&nothing: the macro has no variable "nothing".
          """)
  void refusesWhatFijiIgnores(String options, String message) {
    String error = errorOfCommand(options);
    assertEquals("Everything: ", error == null ? null : error.substring(0, 12));
    assertEquals(true, error.contains(message), error);
    assertNull(EverythingCommand.given());
  }

  @Test
  void namesTheOpenImagesWhenOneIsMissing() {
    assertEquals(
        "Everything: image asks for the image \"frist\", which is not open. Did you mean"
            + " \"first\"? Open images: \"first\", \"second one\".",
        errorOf(IMAGES + "run('Everything...', 'image=frist');"));
  }

  @ParameterizedTest
  @CsvSource({"argument, The image is too small.", "file, The file is broken."})
  void aFailureEndsTheMacroWithItsMessage(String task, String message) {
    assertEquals(
        message,
        errorOf("run('Everything...', 'task=" + task + "'); newImage('x', '8-bit', 1, 1, 1);"));
    assertEquals(0, OpenImages.all().size());
  }

  @Test
  void anUnexpectedErrorIsExplained() {
    String error = errorOfCommand("task=bug");
    assertEquals(
        true,
        error.startsWith(
            "Everything stopped with an unexpected error: java.lang.NullPointerException: oops."),
        error);
  }

  private static void assertGiven(String key, String value) {
    assertEquals(value, EverythingCommand.given().get(key), key);
  }
}
