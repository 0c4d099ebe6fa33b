// Takes the magnitude of an image's Fourier transform, without its phase, and looks for images that have it.
// They may be turned by 180 degrees, or shifted: the magnitude does not tell.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "nuclei");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Fourier Magnitude...", "image=truth noise=" + noise / 2 + " seed=3");
run("Posterior Phase Retrieval...", "image=truth-measurement noise=" + noise / 2
  + " intensity_low=" + min + " intensity_high=" + max + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
