// Shows the direction in which the samples of a restoration differ most, as a stack to scroll through.
// Leaves what Denoise.ijm leaves, and the stack.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", getArgument());
run("Posterior Components...", "image=truth-measurement-samples components=1");
