// Hides four of five pixels of an image, drawn at random, and fills them again.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "membranes");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Mask...", "image=truth visible=0.2 noise=" + noise + " seed=3");
run("Posterior Inpaint...", "image=truth-measurement mask=truth-mask noise=" + noise + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
