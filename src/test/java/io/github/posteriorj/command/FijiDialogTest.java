package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.github.posteriorj.command.restore.RestoreCommand;
import io.github.posteriorj.imagej.fiji.Fiji;
import io.github.posteriorj.imagej.fiji.FijiDialog;
import io.github.posteriorj.imagej.fiji.ShownField;
import io.github.posteriorj.imagej.fiji.ShownField.Kind;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.imagej.input.InputText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/** What the first dialog of every command keeps in Fiji. */
class FijiDialogTest extends HeadlessTest {

  /** Commands that read files, not open images. */
  private static final Set<String> OF_FILES = Set.of("Restore Folder...", "Benchmark...");

  private static final List<String> TITLES = List.of("cells", "map", "psf");

  private static final String IMAGES =
      "newImage('cells', '16-bit ramp', 32, 32, 1);"
          + "newImage('map', '32-bit ramp', 32, 32, 1);"
          + "newImage('psf', '32-bit ramp', 9, 9, 1);";

  private static final String NONE = "none";

  private static final List<String> TITLES_OR_NONE =
      Stream.concat(Stream.of(NONE), TITLES.stream()).toList();

  /** The check box that leads to the inputs of the second dialog. */
  private static final String ALL_SETTINGS = "all_settings";

  private static final int MOST_FIELDS = 9;

  /** In the order in which a microscopist thinks; what has no place here is of the instrument. */
  private static final List<Pattern> ORDER =
      List.of(
          Pattern.compile("image"),
          Pattern.compile("(?!)"),
          Pattern.compile("noise.*|camera.*"),
          Pattern.compile("samples"),
          Pattern.compile("prior"),
          Pattern.compile("method|quality"),
          Pattern.compile("output.*|diagnostics|show_.*"),
          Pattern.compile(ALL_SETTINGS));

  private static final int INSTRUMENT = 1;

  private static Fiji fiji;

  @BeforeAll
  static void startFiji() {
    fiji = Fiji.start();
  }

  @AfterAll
  static void quitFiji() {
    fiji.close();
  }

  private static Stream<Named<CommandInfo>> commands() {
    return fiji.commands().stream()
        .map(command -> named(command.getMenuPath().getLeaf().getName(), command));
  }

  private static Stream<Named<CommandInfo>> restoreCommands() {
    String restore = RestoreCommand.class.getPackageName();
    return commands().filter(command -> command.getPayload().getClassName().startsWith(restore));
  }

  /** Those that work on an image, not on priors or a folder. */
  private static Stream<Named<CommandInfo>> imageCommands() {
    return commands()
        .filter(command -> !command.getPayload().getClassName().contains(".prior."))
        .filter(command -> !OF_FILES.contains(command.getName()));
  }

  private static FijiDialog dialogWithImagesOpen(CommandInfo command) {
    assertNull(errorOf(IMAGES));
    FijiDialog dialog = fiji.dialog(command);
    assertEquals("", dialog.refusal());
    return dialog;
  }

  private static boolean offersImages(ShownField field) {
    return field.choices().containsAll(TITLES);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandAndEveryFieldIsExplained(CommandInfo command) {
    assertNotNull(command.getDescription());
    assertTrue(command.getDescription().endsWith("."), command.getDescription());
    for (ShownField field : dialogWithImagesOpen(command).fields()) {
      assertFalse(field.label().isBlank(), field.name());
      assertNotNull(field.description(), field.name());
      assertTrue(field.description().endsWith("."), field.name());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void optionalImagesAreNoneUntilOneIsChosen(CommandInfo command) {
    for (ShownField field : dialogWithImagesOpen(command).fields()) {
      if (offersImages(field) && !field.name().equals("image")) {
        assertEquals(Kind.CHOICE, field.kind(), field.name());
        assertEquals(TITLES_OR_NONE, field.choices(), field.name());
        assertEquals(NONE, field.text(), field.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("imageCommands")
  void theImageIsNamedAndTheActiveOne(CommandInfo command) {
    ShownField image = dialogWithImagesOpen(command).fields().get(0);
    assertEquals("image", image.name());
    assertTrue(
        List.of(TITLES, TITLES_OR_NONE).contains(image.choices()),
        () -> image.choices().toString());
    assertEquals(TITLES.get(TITLES.size() - 1), image.text());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noTwoFieldsShowTheSameImageByThemselves(CommandInfo command) {
    Set<String> shown = new HashSet<>();
    for (ShownField field : dialogWithImagesOpen(command).fields()) {
      if (TITLES.contains(field.text())) {
        assertTrue(shown.add(field.text()), field.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void numbersKeepTheirDecimals(CommandInfo command) {
    for (ShownField field : dialogWithImagesOpen(command).fields()) {
      if (field.kind() == Kind.NUMBER && isDecimal(command.getInput(field.name()))) {
        for (String number : List.of("1.25", "0.03", "0.0312", "2")) {
          assertEquals(number, field.textAfterTyping(Double.parseDouble(number)), field.name());
        }
      }
    }
  }

  private static boolean isDecimal(ModuleItem<?> item) {
    return Types.isDouble(item.getType()) || Types.isFloat(item.getType());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void atMostNineFieldsStandOpenBesideTheWayToTheOthers(CommandInfo command) {
    List<String> names = fieldsBeside(ALL_SETTINGS, dialogWithImagesOpen(command));
    assertTrue(names.size() <= MOST_FIELDS, () -> names.size() + ": " + names);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theWayToTheOthersIsThereWhereThereAreOthers(CommandInfo command) {
    FijiDialog dialog = dialogWithImagesOpen(command);
    Set<String> hidden = new TreeSet<>();
    Set<String> open = new TreeSet<>();
    for (ModuleItem<?> item : command.inputs()) {
      if (InputText.isSettable(item) && !item.getName().equals(ALL_SETTINGS)) {
        boolean isGrouped = InputText.attribute(item, InputText.GROUP).isPresent();
        (isGrouped ? hidden : open).add(item.getName());
      }
    }
    assertEquals(open, new TreeSet<>(fieldsBeside(ALL_SETTINGS, dialog)));
    assertEquals(!hidden.isEmpty(), dialog.names().contains(ALL_SETTINGS), hidden::toString);
  }

  private static List<String> fieldsBeside(String name, FijiDialog dialog) {
    return dialog.names().stream().filter(field -> !field.equals(name)).toList();
  }

  @ParameterizedTest
  @MethodSource("restoreCommands")
  void fieldsStandInTheOrderInWhichAMicroscopistThinks(CommandInfo command) {
    List<String> names = dialogWithImagesOpen(command).names();
    int before = 0;
    for (String name : names) {
      int place = place(name);
      assertTrue(place >= before, () -> name + " in " + names);
      before = place;
    }
  }

  private static int place(String name) {
    for (int place = 0; place < ORDER.size(); place++) {
      if (ORDER.get(place).matcher(name).matches()) {
        return place;
      }
    }
    return INSTRUMENT;
  }

  @ParameterizedTest
  @MethodSource("imageCommands")
  void withNoImageOpenTheRefusalComesBeforeTheDialogAndInWords(CommandInfo command) {
    FijiDialog dialog = fiji.dialog(command);
    if (dialog.fields().isEmpty()) {
      assertTrue(dialog.refusal().startsWith("Open an image first"), dialog.refusal());
      assertFalse(dialog.refusal().contains("="), dialog.refusal());
    } else {
      // It can do without.
      assertEquals(NONE, dialogWithImagesOpen(command).field("image").choices().get(0));
    }
  }
}
