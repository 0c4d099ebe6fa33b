package io.github.posteriorj.imagej.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Menus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scijava.MenuPath;
import org.scijava.command.CommandInfo;

class MenuEntriesTest extends HeadlessTest {

  @Test
  void theBuildListsTheCommandsAndNothingElse() throws IOException {
    List<String> expected = MenuEntries.all().stream().map(MenuEntry::toConfigLine).toList();
    assertEquals(expected, Files.readAllLines(Path.of("target", "classes", "plugins.config")));
    assertTrue(
        expected.stream().allMatch(line -> line.startsWith("Plugins>PosteriorJ")),
        expected::toString);
    assertTrue(expected.stream().noneMatch(line -> line.contains(" Test")), expected::toString);
  }

  @Test
  void weightsComeBeforeNames() {
    CommandInfo last = command("Plugins>PosteriorJ>Aaa", Double.POSITIVE_INFINITY, 1);
    CommandInfo second = command("Plugins>PosteriorJ>Zzz>B", 1, 2);
    CommandInfo first = command("Plugins>PosteriorJ>Zzz>C", 1, 1);
    assertEquals(
        List.of("C", "B", "Aaa"),
        MenuEntry.inMenuOrder(List.of(last, second, first)).stream()
            .map(MenuEntry::label)
            .toList());
  }

  @Test
  void anEntryIsWrittenAsImageJReadsIt() {
    assertEquals(
        "Plugins>PosteriorJ>Restore, \"Deblur...\","
            + " io.github.posteriorj.imagej.host.CommandPlugIn(\"a.b.Deblur\")",
        new MenuEntry("Plugins>PosteriorJ>Restore", "Deblur...", "a.b.Deblur").toConfigLine());
  }

  @Test
  void anEntryThatIsThereStays() {
    String label = EverythingCommand.LABEL;
    Object before = Menus.getCommands().get(label);
    MenuEntries.install(new MenuEntry(EverythingCommand.MENU, label, "another.Command"));
    assertEquals(before, Menus.getCommands().get(label));
  }

  private static CommandInfo command(String path, double weightOfMenu, double weightOfEntry) {
    MenuPath menuPath = new MenuPath(path);
    menuPath.get(2).setWeight(weightOfMenu);
    menuPath
        .getLeaf()
        .setWeight(path.chars().filter(c -> c == '>').count() > 2 ? weightOfEntry : weightOfMenu);
    CommandInfo command = new CommandInfo(EverythingCommand.class);
    command.setMenuPath(menuPath);
    return command;
  }
}
