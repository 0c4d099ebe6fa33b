// Measures two regions in every sample of a restoration: their means and integrated intensities with intervals.
// Leaves what Denoise.ijm leaves, and two lines of the Results table.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", getArgument());
selectImage("truth-measurement-samples");
makeOval(getWidth() / 4, getHeight() / 4, getWidth() / 2, getHeight() / 2);
Roi.setName("middle");
roiManager("Add");
makeRectangle(0, 0, getWidth(), 4);
Roi.setName("edge");
roiManager("Add");
run("Select None");
run("Measure Posterior...", "image=truth-measurement-samples");
