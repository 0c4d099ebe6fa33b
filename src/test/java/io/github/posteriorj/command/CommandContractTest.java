package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.IJ;
import ij.macro.Interpreter;
import io.github.posteriorj.command.prior.SamplePrior;
import io.github.posteriorj.command.restore.PosteriorDenoise;
import io.github.posteriorj.command.restore.PosteriorInpaint;
import io.github.posteriorj.command.restore.PosteriorWithNetworkOperator;
import io.github.posteriorj.command.simulate.SimulatePsfBlur;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.imagej.input.InputText;
import io.github.posteriorj.job.Generator;
import io.github.posteriorj.job.NetworkLoss;
import io.github.posteriorj.job.PsfShape;
import io.github.posteriorj.restoration.OutlierTreatment;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.WarmStart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.command.DynamicCommand;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.service.Service;

/** What the parameters of every command keep, so that it is alike in Fiji and in plain ImageJ. */
class CommandContractTest extends HeadlessTest {

  /** What restore commands share, in the order of their dialogs. */
  private static final List<String> SHARED =
      List.of("image", "camera", "noise", "samples", "seed", "prior", "quality");

  private static List<CommandInfo> commands() {
    return context().service(CommandService.class).getCommands().stream()
        .filter(command -> command.getClassName().startsWith("io.github.posteriorj.command."))
        .toList();
  }

  /** The parameters that people set, in their declared order. */
  private static List<ModuleItem<?>> parameters(CommandInfo command) {
    return StreamSupport.stream(command.inputs().spliterator(), false)
        .<ModuleItem<?>>map(item -> item)
        .filter(CommandContractTest::isForPeople)
        .toList();
  }

  private static boolean isForPeople(ModuleItem<?> item) {
    return !Service.class.isAssignableFrom(item.getType())
        && item.getType() != Context.class
        && !item.getName().equals("all_settings");
  }

  @Test
  void theIndexListsTheCommands() {
    assertTrue(commands().size() >= 5, () -> commands().toString());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void keysAreLowerCaseAndFoundByNoOtherKey(CommandInfo command) {
    List<String> keys = parameters(command).stream().map(ModuleItem::getName).toList();
    assertFalse(keys.isEmpty());
    for (String key : keys) {
      assertTrue(key.matches("[a-z][a-z0-9_]*"), key);
      for (String other : keys) {
        // Macro.getValue(options, "seed", ...) would take "my_seed=5" for an answer.
        assertFalse(other.matches(".*[^a-z]" + key), key + " is found in " + other);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyParameterIsExplainedAndForgotten(CommandInfo command) {
    for (ModuleItem<?> item : parameters(command)) {
      String name = command + ": " + item.getName();
      assertNotNull(item.getLabel(), name);
      assertFalse(item.getLabel().isBlank(), name);
      assertNotNull(item.getDescription(), name);
      assertTrue(item.getDescription().endsWith("."), name);
      assertFalse(item.isPersisted(), name);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noImageIsPresetButTheActiveOne(CommandInfo command) throws Exception {
    openRamps("first", "second");
    Module module = initialized(command);
    for (ModuleItem<?> item : images(command)) {
      boolean isMain = item.getName().equals("image");
      List<String> choices = new ArrayList<>(List.of("first", "second"));
      if (!isMain
          || command
              .getClassName()
              .matches(".*(WithNetworkOperator|FineTunePrior|RepeatRestoration)")) {
        choices.add(0, "none");
      }
      assertEquals(choices, module.getInfo().getInput(item.getName()).getChoices(), item::getName);
      assertEquals(isMain ? "second" : "none", module.getInput(item.getName()), item.getName());
    }
  }

  private static void openRamps(String... titles) {
    Interpreter.batchMode = true;
    for (String title : titles) {
      IJ.createImage(title, "32-bit ramp", 32, 32, 1).show();
    }
  }

  /** A command as a dialog finds it. */
  private static Module initialized(CommandInfo command) throws MethodCallException {
    Module module = context().service(ModuleService.class).createModule(command);
    module.initialize();
    return module;
  }

  private static List<ModuleItem<?>> images(CommandInfo command) {
    return parameters(command).stream()
        .filter(item -> InputText.attribute(item, InputText.IMAGE).isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void defaultsAreAmongTheChoicesAndWithinTheLimits(CommandInfo command) {
    Module module = context().service(ModuleService.class).createModule(command);
    for (ModuleItem<?> item : parameters(command)) {
      Object value = module.getInput(item.getName());
      List<?> choices = item.getChoices();
      if (value != null && choices != null && !choices.isEmpty()) {
        assertTrue(choices.contains(value), item.getName() + ": " + value);
      }
      if (value != null && item.getMinimumValue() instanceof Number least) {
        assertTrue(((Number) value).doubleValue() >= least.doubleValue(), item.getName());
      }
      if (value != null && item.getMaximumValue() instanceof Number most) {
        assertTrue(((Number) value).doubleValue() <= most.doubleValue(), item.getName());
      }
    }
  }

  /** What a command says on standard error that nothing comes before, as in a script. */
  private static String refusal(Module module) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      module.run();
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private static Stream<Arguments> choices() {
    return commands().stream()
        .flatMap(
            command ->
                parameters(command).stream()
                    .filter(item -> item.getChoices() != null && !item.getChoices().isEmpty())
                    .map(item -> Arguments.of(command, item)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void anUnknownChoiceIsRefusedWhereNobodyLookedBefore(CommandInfo command, ModuleItem<?> item) {
    Module module = context().service(ModuleService.class).createModule(command);
    module.setInput(item.getName(), "nonsense");
    String message = refusal(module);
    assertTrue(message.startsWith(item.getName() + " has no choice \"nonsense\". "), message);
    for (Object choice : item.getChoices()) {
      assertTrue(message.contains('"' + choice.toString() + '"'), message);
    }
  }

  private static <T> List<String> labels(T[] values, Function<T, String> label) {
    return Arrays.stream(values).map(label).toList();
  }

  private static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of(
            PosteriorDenoise.class, "generator", labels(Generator.values(), Generator::label)),
        Arguments.of(SamplePrior.class, "generator", labels(Generator.values(), Generator::label)),
        Arguments.of(
            PosteriorDenoise.class, "warm_start", labels(WarmStart.values(), WarmStart::label)),
        Arguments.of(
            PosteriorDenoise.class, "integrator", labels(Integrator.values(), Integrator::label)),
        Arguments.of(
            PosteriorDenoise.class,
            "preconditioning",
            labels(Preconditioning.values(), Preconditioning::label)),
        Arguments.of(
            PosteriorDenoise.class,
            "outliers",
            labels(OutlierTreatment.values(), OutlierTreatment::label)),
        Arguments.of(
            PosteriorInpaint.class, "hidden", labels(HiddenPixels.values(), HiddenPixels::label)),
        Arguments.of(
            SimulatePsfBlur.class, "psf_model", labels(PsfShape.values(), PsfShape::label)),
        Arguments.of(
            PosteriorWithNetworkOperator.class,
            "loss",
            labels(NetworkLoss.values(), NetworkLoss::label)));
  }

  /** Annotations cannot ask the enums. */
  @ParameterizedTest
  @MethodSource("labels")
  void choicesAreTheLabelsThereAre(
      Class<? extends Command> command, String key, List<String> labels) {
    CommandInfo info = context().service(CommandService.class).getCommand(command);
    List<?> choices = info.getInput(key).getChoices();
    assertEquals(Set.copyOf(labels), Set.copyOf(choices));
    assertEquals(labels.size(), choices.size());
  }

  private static Stream<Arguments> imageKeys() {
    return commands().stream()
        .flatMap(
            command -> images(command).stream().map(item -> Arguments.of(command, item.getName())));
  }

  @ParameterizedTest
  @MethodSource("imageKeys")
  void anImageThatIsNotThereIsMissedByItsKey(CommandInfo command, String key) {
    openRamps("image");
    Module module = context().service(ModuleService.class).createModule(command);
    module.setInput(key, "imagf");
    assertEquals(
        key
            + " asks for the image \"imagf\", which is not open. Did you mean \"image\"? Open"
            + " images: \"image\".\n",
        refusal(module));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void withoutAnImageItIsRefusedBeforeTheDialog(CommandInfo command) throws Exception {
    assumeFalse(images(command).isEmpty());
    assumeFalse(
        command.getClassName().matches(".*(WithNetworkOperator|FineTunePrior|RepeatRestoration)"));
    DynamicCommand module =
        (DynamicCommand) context().service(ModuleService.class).createModule(command);
    module.initialize();
    assertTrue(module.isCanceled());
  }

  private static Stream<Arguments> limited() {
    return commands().stream()
        .flatMap(
            command ->
                parameters(command).stream()
                    .filter(item -> item.getMinimumValue() instanceof Number)
                    .map(item -> Arguments.of(command, item)));
  }

  @ParameterizedTest
  @MethodSource("limited")
  void aNumberOutOfItsRangeIsRefused(CommandInfo command, ModuleItem<?> item) {
    String label = command.getMenuPath().getLeaf().getName();
    double tooLow = ((Number) item.getMinimumValue()).doubleValue() - 1;
    String error =
        errorOf("run('%s', '%s=%s');".formatted(label, item.getName(), InputText.format(tooLow)));
    String expected = label.replace("...", "") + ": " + item.getName() + " must be ";
    assertTrue(String.valueOf(error).startsWith(expected), error);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownKeyIsRefused(CommandInfo command) {
    String label = command.getMenuPath().getLeaf().getName();
    String key = parameters(command).get(0).getName();
    String error = errorOf("run('%s', '%sx=1');".formatted(label, key));
    assertTrue(
        String.valueOf(error)
            .startsWith(
                "%s: there is no option \"%sx\". Did you mean \"%s\"?"
                    .formatted(label.replace("...", ""), key, key)),
        error);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void atMostNineFieldsAreOpenInTheOrderOfThinking(CommandInfo command) throws Exception {
    openRamps("image");
    List<String> open =
        StreamSupport.stream(initialized(command).getInfo().inputs().spliterator(), false)
            .<ModuleItem<?>>map(item -> item)
            .filter(InputText::isSettable)
            .filter(item -> InputText.attribute(item, InputText.GROUP).isEmpty())
            .map(ModuleItem::getName)
            .toList();
    boolean hasMore =
        parameters(command).stream()
            .anyMatch(item -> InputText.attribute(item, InputText.GROUP).isPresent());
    assertEquals(hasMore, open.contains("all_settings"), open::toString);
    List<String> fields = open.stream().filter(name -> !name.equals("all_settings")).toList();
    assertTrue(fields.size() <= 9, fields::toString);
    if (fields.contains("noise")) {
      List<String> shared = fields.stream().filter(SHARED::contains).toList();
      assertEquals(SHARED.stream().filter(shared::contains).toList(), shared);
      assertEquals("image", fields.get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsNotOpenIsResolvedBeforeTheDialog(CommandInfo command) throws Exception {
    openRamps("image");
    Module module = initialized(command);
    for (ModuleItem<?> item : parameters(command)) {
      assertEquals(
          InputText.attribute(item, InputText.GROUP).isPresent(),
          module.isInputResolved(item.getName()),
          item.getName());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theNameInMacrosEndsInDotsAndIsWrittenInTitleCase(CommandInfo command) {
    String label = command.getMenuPath().getLeaf().getName();
    assertTrue(label.endsWith("..."), label);
    for (String word : label.replace("...", "").split(" ")) {
      boolean small = word.equals("with") || word.equals("of");
      assertTrue(
          small || word.substring(0, 1).equals(word.substring(0, 1).toUpperCase(Locale.ROOT)),
          label);
    }
  }
}
