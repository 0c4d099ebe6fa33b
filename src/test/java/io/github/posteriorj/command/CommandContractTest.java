package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.service.Service;

/** What the parameters of every command keep, so that it is alike in Fiji and in plain ImageJ. */
class CommandContractTest extends HeadlessTest {

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

  /** The parameters of all commands, each once, with the first command that has or inherits it. */
  private static Stream<Arguments> parameters(Predicate<ModuleItem<?>> wanted) {
    Map<Field, Arguments> byField = new LinkedHashMap<>();
    for (CommandInfo command : commands()) {
      for (ModuleItem<?> item : parameters(command)) {
        if (wanted.test(item)) {
          byField.putIfAbsent(
              ((CommandModuleItem<?>) item).getField(), Arguments.of(command, item));
        }
      }
    }
    return byField.values().stream();
  }

  private static Stream<Arguments> choices() {
    return parameters(item -> item.getChoices() != null && !item.getChoices().isEmpty());
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

  @ParameterizedTest
  @MethodSource("commands")
  void conditionsNameInputsAndValuesThatThereAre(CommandInfo command) {
    for (ModuleItem<?> item : parameters(command)) {
      for (Condition condition : Condition.of(item)) {
        ModuleItem<?> other = command.getInput(condition.key());
        // A command without that input has none of its values.
        List<?> choices = other == null ? null : other.getChoices();
        if (choices != null && !choices.isEmpty()) {
          assertTrue(choices.containsAll(condition.values()), item.getName() + ": " + condition);
        }
        assertTrue(
            commands().stream().anyMatch(any -> any.getInput(condition.key()) != null),
            () -> item.getName() + ": " + condition);
      }
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

  private static Stream<Arguments> images() {
    return parameters(item -> InputText.attribute(item, InputText.IMAGE).isPresent());
  }

  @ParameterizedTest
  @MethodSource("images")
  void anImageThatIsNotThereIsMissedByItsKey(CommandInfo command, ModuleItem<?> item) {
    String key = item.getName();
    Interpreter.batchMode = true;
    IJ.createImage("image", "32-bit ramp", 32, 32, 1).show();
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
  void theNameInMacrosEndsInDotsAndIsWrittenInTitleCase(CommandInfo command) {
    String label = command.getMenuPath().getLeaf().getName();
    assertTrue(label.endsWith("..."), label);
    // From its menus, ImageJ would run the last command again.
    assertFalse(label.startsWith("Repeat"), label);
    for (String word : label.replace("...", "").split(" ")) {
      boolean small = word.equals("with") || word.equals("of");
      assertTrue(
          small || word.substring(0, 1).equals(word.substring(0, 1).toUpperCase(Locale.ROOT)),
          label);
    }
  }
}
