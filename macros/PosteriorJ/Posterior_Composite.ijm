// Paints mean and uncertainty of a restoration into one picture: brightness is the mean, colour how unsure it is.
// Leaves what Denoise.ijm leaves, and the picture with a key of its colours.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", getArgument());
run("Posterior Composite...", "image=truth-measurement");
