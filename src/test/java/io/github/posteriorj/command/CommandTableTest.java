package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriorj.command.restore.MethodCommand;
import io.github.posteriorj.command.restore.RestoreCommand;
import io.github.posteriorj.command.simulate.SimulateCommand;
import io.github.posteriorj.imagej.host.HeadlessTest;
import io.github.posteriorj.imagej.input.InputText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/** The page of all commands with their macro keys says what the commands have. */
class CommandTableTest extends HeadlessTest {

  private static final Path PAGE = Path.of("docs/commands.md");

  private static final String HEADER =
      """
      # Commands and their macro keys

      In a macro: `run("Posterior Deblur...", "image=cells.tif psf_sigma=2 samples=16 chains=4")`. Keys that are left out have their default values; titles and words
      with spaces stand in `[...]`. Commands are below Plugins > PosteriorJ. `macros/PosteriorJ` has an example of each restore command.
      """;

  /** Classes whose parameters many commands share, and what to call those. */
  private static final Map<Class<?>, String> SHARED = new LinkedHashMap<>();

  static {
    SHARED.put(RestoreCommand.class, "All restore commands");
    SHARED.put(MethodCommand.class, "All restore commands: methods");
    SHARED.put(SimulateCommand.class, "All simulate commands");
    SHARED.put(MeasurementCommand.class, "All restore and simulate commands");
  }

  @Test
  void thePageOfCommandsIsUpToDate() throws Exception {
    Path made = Files.writeString(Path.of("target/commands.md"), page());
    assertEquals(
        Files.readString(made),
        Files.exists(PAGE) ? Files.readString(PAGE) : "",
        "Copy target/commands.md to " + PAGE + ".");
  }

  private static String page() throws Exception {
    StringBuilder page = new StringBuilder(HEADER);
    Map<Class<?>, List<String>> shared = new LinkedHashMap<>();
    List<CommandInfo> commands =
        context().service(CommandService.class).getCommands().stream()
            .filter(command -> command.getClassName().startsWith("io.github.posteriorj.command."))
            .sorted(Comparator.comparing(command -> command.getMenuPath().getMenuString()))
            .toList();
    for (CommandInfo command : commands) {
      List<String> own = new ArrayList<>();
      Module module = context().service(ModuleService.class).createModule(command);
      for (ModuleItem<?> item : command.inputs()) {
        Class<?> owner = ((CommandModuleItem<?>) item).getField().getDeclaringClass();
        // A question of dialogs is no key.
        if (!InputText.isSettable(item) || owner == BackgroundCommand.class) {
          continue;
        }
        List<String> rows =
            SHARED.containsKey(owner)
                ? shared.computeIfAbsent(owner, any -> new ArrayList<>())
                : own;
        String row = row(item, module.getInput(item.getName()));
        if (!rows.contains(row)) {
          rows.add(row);
        }
      }
      String menu = command.getMenuPath().getMenuString().replaceFirst(".*PosteriorJ > ", "");
      section(page, menu, own);
    }
    for (Class<?> owner : SHARED.keySet()) {
      section(page, SHARED.get(owner), shared.get(owner));
    }
    return page.toString();
  }

  private static void section(StringBuilder page, String title, List<String> rows) {
    page.append("\n## ").append(title).append("\n\n");
    if (rows.isEmpty()) {
      page.append("No keys of its own.\n");
      return;
    }
    page.append("| key | default | meaning |\n|---|---|---|\n");
    rows.forEach(row -> page.append(row).append('\n'));
  }

  private static String row(ModuleItem<?> item, Object value) {
    boolean isImage = InputText.attribute(item, InputText.IMAGE).isPresent();
    String shown = value == null && isImage ? "active image" : InputText.format(value);
    List<?> choices = item.getChoices();
    String among =
        choices == null || choices.isEmpty()
            ? ""
            : " One of: "
                + String.join(", ", choices.stream().map(Object::toString).toList())
                + ".";
    return "| `%s` | %s | %s%s |".formatted(item.getName(), shown, item.getDescription(), among);
  }
}
