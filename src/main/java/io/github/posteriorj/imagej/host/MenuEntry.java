package io.github.posteriorj.imagej.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scijava.MenuPath;
import org.scijava.command.CommandInfo;

/**
 * A line of ImageJ's menus.
 *
 * @param menu the menu and its submenus, such as {@code Plugins>PosteriorJ>Restore}
 * @param label what the line says; macros run the command by it
 * @param className the SciJava command
 */
record MenuEntry(String menu, String label, String className) {

  /** Sorts commands as SciJava's menus do, by weight and then by name, submenu by submenu. */
  static List<MenuEntry> inMenuOrder(List<CommandInfo> commands) {
    Map<List<String>, Double> weights = new HashMap<>();
    for (CommandInfo command : commands) {
      MenuPath path = command.getMenuPath();
      for (int depth = 1; depth <= path.size(); depth++) {
        weights.merge(names(path, depth), path.get(depth - 1).getWeight(), Math::min);
      }
    }
    return commands.stream()
        .sorted((first, second) -> compare(first.getMenuPath(), second.getMenuPath(), weights))
        .map(MenuEntry::of)
        .toList();
  }

  /** Returns the line of a {@code plugins.config} file. */
  String toConfigLine() {
    return String.format("%s, \"%s\", %s", menu, label, plugIn());
  }

  /** Returns what ImageJ runs: a plugin class and its argument. */
  String plugIn() {
    return String.format("%s(\"%s\")", CommandPlugIn.class.getName(), className);
  }

  private static MenuEntry of(CommandInfo command) {
    MenuPath path = command.getMenuPath();
    return new MenuEntry(
        String.join(">", names(path, path.size() - 1)),
        path.getLeaf().getName(),
        command.getDelegateClassName());
  }

  private static int compare(MenuPath first, MenuPath second, Map<List<String>, Double> weights) {
    for (int depth = 1; depth <= Math.min(first.size(), second.size()); depth++) {
      List<String> a = names(first, depth);
      List<String> b = names(second, depth);
      if (!a.equals(b)) {
        return Comparator.<List<String>>comparingDouble(weights::get)
            .thenComparing(names -> names.get(names.size() - 1))
            .compare(a, b);
      }
    }
    return Integer.compare(first.size(), second.size());
  }

  private static List<String> names(MenuPath path, int depth) {
    List<String> names = new ArrayList<>();
    path.subList(0, depth).forEach(entry -> names.add(entry.getName()));
    return List.copyOf(names);
  }
}
