// Blurs an image by the Airy disk of an objective, and sharpens it with the PSF that the simulation returns.
// Leaves the measurement, samples, mean, variance and a panel of them.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Example_Image.ijm", "mitochondria");
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate PSF Blur...", "image=truth psf_model=Airy wavelength=520 numerical_aperture=0.8 pixel_size=0.08 noise=" + noise + " seed=3");
run("Posterior Deblur with PSF...", "image=truth-measurement psf_model=image psf=truth-psf noise=" + noise + " " + getArgument());
run("Posterior Panel...", "image=truth-measurement");
