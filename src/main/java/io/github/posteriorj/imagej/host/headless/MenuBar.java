package io.github.posteriorj.imagej.host.headless;

import java.util.ArrayList;
import java.util.List;

/** Stands for {@link java.awt.MenuBar}, which can't be made without a display. */
public class MenuBar extends MenuComponent {

  private final List<Menu> menus = new ArrayList<>();

  /** Adds a menu at the end. */
  public Menu add(Menu menu) {
    menus.add(menu);
    return menu;
  }

  /** Adds the Help menu. */
  public void setHelpMenu(Menu menu) {
    menus.add(menu);
  }

  /** Returns a menu. */
  public Menu getMenu(int index) {
    return menus.get(index);
  }

  /** Returns how many menus there are. */
  public int getMenuCount() {
    return menus.size();
  }
}
