// Adds photon noise to an image, as at few photons a pixel, and takes it away again.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "cells");
getStatistics(area, mean, min, max);
run("Subtract...", "value=" + min);
run("Simulate Noise...", "image=truth noise_model=Poisson camera_gain=" + (max - min) / 20 + " seed=3");
run("Posterior Denoise...", "image=truth-measurement noise_model=Poisson camera_gain=" + (max - min) / 20 + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
