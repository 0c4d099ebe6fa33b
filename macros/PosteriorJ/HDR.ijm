// Saturates an image in a camera of too high a gain, and restores what was clipped.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "nuclei");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Saturation...", "image=truth amplification=2 clip_low=" + min + " clip_high=" + max + " noise=" + noise + " seed=3");
run("Posterior HDR...", "image=truth-measurement amplification=2 clip_low=" + min + " clip_high=" + max + " noise=" + noise
  + " intensity_low=" + min + " intensity_high=" + max + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
