package io.github.posteriorj.imagej.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.fiji.ShownField.Kind;
import io.github.posteriorj.imagej.host.HeadlessTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was seen in a real Fiji is seen here, too. */
class FijiTest extends HeadlessTest {

  private static final String TWO_IMAGES =
      "newImage('first', '8-bit', 8, 8, 1); newImage('second', '8-bit', 8, 8, 1);";

  private static Fiji fiji;

  @BeforeAll
  static void startFiji() {
    fiji = Fiji.start();
  }

  @AfterAll
  static void quitFiji() {
    fiji.close();
  }

  @BeforeEach
  void forgetExceptions() {
    fiji.exceptions();
  }

  private static FijiDialog dialog() {
    return fiji.dialog(fiji.command(UsualCommand.class.getName()));
  }

  @Test
  void anOptionalImageIsPresetToTheFirstOpenOne() {
    assertNull(errorOf(TWO_IMAGES));
    ShownField mask = dialog().field("mask");
    assertEquals(Kind.OBJECT, mask.kind());
    assertEquals(List.of("first", "second"), mask.choices());
    assertEquals("first", mask.text());
  }

  @Test
  void theOnlyImageThatIsFilledByItselfIsTheActiveOneAndNotShown() {
    assertNull(errorOf(TWO_IMAGES));
    assertFalse(dialog().names().contains("image"));
  }

  @Test
  void withNoImageOpenOptionalImagesAreNotShownAndTheOthersAreAskedForAllTheSame() {
    FijiDialog dialog = dialog();
    assertEquals("", dialog.refusal());
    assertFalse(dialog.names().contains("mask"));
    assertTrue(dialog.names().contains("sigma"));
  }

  @Test
  void inputsAreInTheirOrderAndResolvedOnesHiddenButNotInvisibleOnes() {
    assertEquals(
        List.of(
            "hint",
            "sigma",
            "aperture",
            "rate",
            "radius",
            "share",
            "samples",
            "method",
            "title",
            "file",
            "quiet",
            "invisible"),
        dialog().names());
  }

  @Test
  void eachKindOfInputHasItsField() {
    Map<String, Kind> kinds = new TreeMap<>();
    dialog().fields().forEach(field -> kinds.put(field.name(), field.kind()));
    assertEquals(Kind.MESSAGE, kinds.get("hint"));
    assertEquals(Kind.NUMBER, kinds.get("sigma"));
    assertEquals(Kind.NUMBER, kinds.get("samples"));
    assertEquals(Kind.CHOICE, kinds.get("method"));
    assertEquals(Kind.TEXT, kinds.get("title"));
    assertEquals(Kind.FILE, kinds.get("file"));
    assertEquals(Kind.CHECK_BOX, kinds.get("quiet"));
  }

  @Test
  void fieldsShowTheirValues() {
    FijiDialog dialog = dialog();
    assertEquals("This is a message.", dialog.field("hint").text());
    assertEquals("2", dialog.field("sigma").text());
    assertEquals("1.25", dialog.field("aperture").text());
    assertEquals("3.00", dialog.field("rate").text());
    assertEquals("0.5", dialog.field("share").text().replaceAll("0+$", ""));
    assertEquals("cells", dialog.field("title").text());
    assertEquals("", dialog.field("file").text());
    assertEquals("true", dialog.field("quiet").text());
  }

  @Test
  void aValueThatIsNoChoiceBecomesTheFirst() {
    assertEquals(List.of("fast", "exact"), dialog().field("method").choices());
    assertEquals("fast", dialog().field("method").text());
  }

  @Test
  void theDecimalsOfTheFirstValueOrTheStepAreShownOrThoseOfTheStyle() {
    FijiDialog dialog = dialog();
    assertEquals("1", dialog.field("sigma").textAfterTyping(1.25));
    assertEquals("0", dialog.field("sigma").textAfterTyping(0.03));
    assertEquals("0.03", dialog.field("aperture").textAfterTyping(0.03));
    assertEquals("0.03", dialog.field("rate").textAfterTyping(0.03));
    assertEquals("0.0312", dialog.field("radius").textAfterTyping(0.0312));
    assertEquals("0.5", dialog.field("radius").textAfterTyping(0.5));
  }

  @Test
  void labelsAndDescriptionsAreThoseOfTheParameters() {
    ShownField sigma = dialog().field("sigma");
    assertEquals("Sigma", sigma.label());
    assertEquals("How far a point spreads.", sigma.description());
  }

  @Test
  void aFieldThatIsNotShownIsNotFound() {
    assertThrows(IllegalArgumentException.class, () -> dialog().field("resolved"));
  }

  @Test
  void aMacroReachesTheCommandInAnotherThread() {
    assertNull(errorOf(TWO_IMAGES + "run('Usual...', 'sigma=3.5 image=first');"));
    assertEquals("3.5 10 slow first", UsualCommand.given);
  }

  @Test
  void unknownKeysWordsThatAreNoNumbersAndUnknownChoicesPass() {
    assertNull(errorOf("run('Usual...', 'sgima=3 samples=some method=none');"));
    assertEquals("2.0 0 none ", UsualCommand.given);
  }

  @Test
  void anImageThatIsNotOpenBecomesAnEmptyOne() {
    assertNull(errorOf(TWO_IMAGES + "run('Usual...', 'image=third');"));
    assertTrue(UsualCommand.given.endsWith(" slow "), UsualCommand.given);
  }

  @Test
  void anErrorOfTheCommandEndsTheMacro() {
    assertEquals(UsualCommand.REFUSAL, errorOf("run('Usual...', 'title=refuse');"));
  }

  @Test
  void anExceptionOfTheCommandIsShownAndItsMacroGoesOn() {
    assertNull(errorOf("run('Usual...', 'title=fail'); newImage('after', '8-bit', 8, 8, 1);"));
    assertEquals(List.of("after"), openTitles());
    List<Throwable> exceptions = fiji.exceptions();
    assertEquals(1, exceptions.size());
    assertTrue(exceptions.get(0) instanceof UnsupportedOperationException, exceptions::toString);
    assertEquals(List.of(), fiji.exceptions());
  }

  @Test
  void aCommandThatDoesNotBeginSaysWhy() {
    FijiDialog dialog = fiji.dialog(fiji.command(ReluctantCommand.class.getName()));
    assertEquals(new FijiDialog(List.of(), ReluctantCommand.REASON), dialog);
  }
}
