// Blurs each place of an image in its own way by a network, and sharpens it again.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "filaments");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
range = " intensity_low=" + min + " intensity_high=" + max;
run("Simulate Nonlinear Blur...", "image=truth network=neural-blur.pt code=5 noise=" + noise + " seed=3" + range);
run("Posterior Nonlinear Deblur...", "image=truth-measurement network=neural-blur.pt code=5 noise=" + noise + range + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
