package io.github.posteriorj.imagej.host;

import ij.plugin.PlugIn;

/**
 * The plugin behind every menu entry of PosteriorJ in plain ImageJ: it runs the SciJava command
 * whose class name is its argument.
 */
public final class CommandPlugIn implements PlugIn {

  @Override
  public void run(String className) {
    Host.instance().run(className);
  }
}
