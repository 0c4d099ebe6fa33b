// Averages squares of 4 x 4 pixels of an image, and restores the pixels.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "nuclei");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Pooling...", "image=truth factor=4 noise=" + noise + " seed=3");
run("Posterior Super-Resolution...", "image=truth-measurement factor=4 noise=" + noise
  + " intensity_low=" + min + " intensity_high=" + max + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
