package io.github.posteriorj.imagej.host;

import ij.CommandListener;
import ij.Executer;
import ij.IJ;
import ij.Menus;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import org.scijava.MenuPath;
import org.scijava.Named;
import org.scijava.command.CommandInfo;

/**
 * PosteriorJ's commands in the menus of plain ImageJ, made of the menu paths that the commands
 * carry for Fiji.
 */
public final class MenuEntries {

  private static final List<String> MENU = List.of("Plugins", "PosteriorJ");

  private MenuEntries() {}

  /**
   * Writes {@code plugins.config}, the file in a jar in which ImageJ finds menu entries. The build
   * calls this.
   *
   * @param arguments the path of the file to write
   * @throws IOException when the file can't be written
   */
  public static void main(String[] arguments) throws IOException {
    List<String> lines = all().stream().map(MenuEntry::toConfigLine).toList();
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    Host.dispose();
  }

  /**
   * Adds the commands that are not there yet to the ImageJ that is running, with a window or
   * without.
   */
  public static void install() {
    if (GraphicsEnvironment.isHeadless()) {
      makeCommandTable();
    }
    for (MenuEntry entry : all()) {
      install(entry);
    }
  }

  /** Returns the entries of all commands under Plugins > PosteriorJ, in the order of the menu. */
  static List<MenuEntry> all() {
    return MenuEntry.inMenuOrder(
        Host.instance().commands().stream().filter(MenuEntries::isOurs).toList());
  }

  static void install(MenuEntry entry) {
    // ImageJ's own table, from before Java had generics.
    @SuppressWarnings("unchecked")
    Hashtable<String, String> commands = Menus.getCommands();
    if (commands.containsKey(entry.label())) {
      return;
    }
    if (GraphicsEnvironment.isHeadless()) {
      commands.put(entry.label(), entry.plugIn());
    } else {
      Menus.add(entry.menu() + ">" + entry.label(), entry.plugIn());
    }
  }

  private static boolean isOurs(CommandInfo command) {
    MenuPath path = command.getMenuPath();
    return path.size() > MENU.size()
        && path.stream().limit(MENU.size()).map(Named::getName).toList().equals(MENU);
  }

  /**
   * Without a window ImageJ builds no menus until it is told to run a command, here one that the
   * listener withholds. Where Java refuses to make menus, ImageJ's own commands are missing, but
   * the table is there and ours can be put into it.
   */
  private static void makeCommandTable() {
    if (Menus.getCommands() != null) {
      return;
    }
    CommandListener withhold = command -> null;
    Executer.addCommandListener(withhold);
    try {
      IJ.run("");
    } catch (HeadlessException e) {
      assert Menus.getCommands() != null;
    } finally {
      Executer.removeCommandListener(withhold);
    }
  }
}
