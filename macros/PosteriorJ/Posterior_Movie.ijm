// Makes a smooth movie through the samples of a restoration: what moves is uncertain, what stands still is sure.
// Leaves what Denoise.ijm leaves, and the movie, a stack that File > Save As > AVI... or Gif... takes.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", getArgument());
run("Posterior Movie...", "image=truth-measurement-samples through=8 frames_each=6");
