// Blurs an image by the random path of a camera held by hand, and sharpens it with the kernel that the simulation returns.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "nuclei");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Motion Blur...", "image=truth path=random length=15 shaking=0.5 noise=" + noise + " seed=3");
run("Posterior Motion Deblur...", "image=truth-measurement kernel=truth-kernel noise=" + noise + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
