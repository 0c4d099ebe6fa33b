package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.prior.SamplePrior;
import io.github.posteriorj.command.restore.PosteriorDenoise;
import io.github.posteriorj.job.Generator;
import io.github.posteriorj.job.NetworkLoss;
import io.github.posteriorj.job.PsfShape;
import io.github.posteriorj.command.restore.PosteriorInpaint;
import io.github.posteriorj.command.restore.PosteriorWithNetworkOperator;
import io.github.posteriorj.command.simulate.SimulatePsfBlur;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.sampler.Integrator;
import io.github.posteriorj.sampler.Preconditioning;
import io.github.posteriorj.sampler.WarmStart;
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
    return !Service.class.isAssignableFrom(item.getType()) && item.getType() != Context.class;
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
  void imagesMayBeLeftOut(CommandInfo command) {
    for (ModuleItem<?> item : parameters(command)) {
      if (item.getType() == ImagePlus.class) {
        assertFalse(item.isRequired(), command + ": " + item.getName());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void defaultsAreAmongTheChoicesAndWithinTheLimits(CommandInfo command) {
    Module module = context().service(ModuleService.class).createModule(command);
    for (ModuleItem<?> item : parameters(command)) {
      Object value = module.getInput(item.getName());
      List<?> choices = item.getChoices();
      if (choices != null && !choices.isEmpty()) {
        assertTrue(choices.contains(value), item.getName() + ": " + value);
      }
      if (item.getMinimumValue() instanceof Number least) {
        assertTrue(((Number) value).doubleValue() >= least.doubleValue(), item.getName());
      }
      if (item.getMaximumValue() instanceof Number most) {
        assertTrue(((Number) value).doubleValue() <= most.doubleValue(), item.getName());
      }
    }
  }

  /** What a command says that nothing comes before, as in a script. */
  private static String refusal(Module module) {
    // ImageJ keeps the last message.
    IJ.error("PosteriorJ", "No message");
    module.run();
    return IJ.getErrorMessage();
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
      assertTrue(message.contains(choice.toString()), message);
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
    return commands().stream()
        .flatMap(
            command ->
                parameters(command).stream()
                    .filter(item -> item.getType() == ImagePlus.class)
                    .map(item -> Arguments.of(command, item.getName())));
  }

  @ParameterizedTest
  @MethodSource("images")
  void anImageThatIsNotThereIsMissedByItsKey(CommandInfo command, String key) {
    Module module = context().service(ModuleService.class).createModule(command);
    for (ModuleItem<?> item : parameters(command)) {
      if (item.getType() == ImagePlus.class) {
        module.setInput(item.getName(), IJ.createImage("image", "32-bit ramp", 32, 32, 1));
      }
    }
    module.setInput(key, new ImagePlus());
    String message = refusal(module);
    assertTrue(message.startsWith("There "), message);
    assertTrue(message.contains(" " + key + "=[...]"), message);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void groupsComeAfterTheRestAndStayTogether(CommandInfo command) throws Exception {
    Module module = context().service(ModuleService.class).createModule(command);
    module.initialize();
    List<String> groups = new ArrayList<>();
    int found = 0;
    for (ModuleItem<?> item : module.getInfo().inputs()) {
      if (!isForPeople(item)) {
        continue;
      }
      found++;
      // The items of a dynamic command are copies without their attributes: ask the original.
      String group = command.getInput(item.getName()).get(BackgroundCommand.GROUP);
      String name = group == null ? "" : group;
      if (groups.isEmpty() || !groups.get(groups.size() - 1).equals(name)) {
        assertFalse(groups.contains(name), item.getName());
        assertFalse(!groups.isEmpty() && name.isEmpty(), item.getName());
        groups.add(name);
      }
    }
    assertEquals(parameters(command).size(), found);
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
