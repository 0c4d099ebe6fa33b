package io.github.posteriorj.imagej.fiji;

import ij.plugin.PlugIn;

/** What a macro's {@code run} starts in Fiji: the SciJava command whose class is its argument. */
public final class FijiPlugIn implements PlugIn {

  @Override
  public void run(String className) {
    Fiji.running().run(className);
  }
}
