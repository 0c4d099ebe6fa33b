// Turns a colour image gray, and draws colours for it.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.
// The prior must have three channels: prior=NAME. Open a colour image of type RGB first.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "cells");
run("Simulate Gray...", "image=truth noise=5 seed=3");
run("Posterior Colorize...", "image=truth-measurement noise=5 intensity_low=0 intensity_high=255 " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
