// Segments every sample of a restoration by Otsu's threshold: how many objects are there, how large are they, and how
// sure is that? Leaves what Denoise.ijm leaves, the probability of each pixel to belong to an object, and a table.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", getArgument());
run("Posterior Segmentation...", "image=truth-measurement-samples method=Otsu smallest=9");
