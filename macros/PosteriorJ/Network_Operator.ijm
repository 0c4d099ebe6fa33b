// Labels the pixels of an image as dark or bright by a small network, and draws images with the same labels.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "cells");
getStatistics(area, mean, min, max);
range = " intensity_low=" + min + " intensity_high=" + max;
run("Simulate Network Operator...", "image=truth network=brightness-classes.pt loss=cross-entropy seed=3" + range);
run("Posterior with Network Operator...", "image=truth-measurement network=brightness-classes.pt loss=cross-entropy"
  + range + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
