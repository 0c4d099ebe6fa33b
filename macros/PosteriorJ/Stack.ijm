// Restores some slices of an image of two channels, each channel with a PSF of its own.
// Leaves mean and variance with the image's axes, and the samples along the frames.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

run("Posterior Deblur...", "image=[" + getTitle() + "] slices=1-2 psf_sigma=1.5,2 " + getArgument());
