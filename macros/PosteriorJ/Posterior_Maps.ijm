// Restores an image, and makes maps of its samples: while it is restored, and of the stack of samples.
// Leaves what Denoise.ijm leaves, and the maps.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", "maps=[coefficient of variation] " + getArgument());
selectImage("truth");
getStatistics(area, mean);
run("Posterior Maps...", "image=truth-measurement-samples maps=[median, interval width 0.5, above " + mean + "]");
