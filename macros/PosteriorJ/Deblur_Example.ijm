// Blurs a sharp image, adds noise, and asks which sharp images could have made the result.
// Leaves samples, mean and variance (TIFF) and a figure of them (PNG) in a folder.
//
// Argument: the folder to write to; without it, "results" in the folder of this ImageJ.

output = getArgument();
if (output == "") output = getDirectory("imagej") + "results";
File.makeDirectory(output);
if (!File.isDirectory(output)) exit("The folder " + output + " can't be made.");

open(getDirectory("imagej") + "test-images" + File.separator + "cells.tif");
makeRectangle(32, 32, 64, 64);
run("Crop");
truth = getTitle();
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Gaussian Blur...", "image=[" + truth + "] psf_sigma=2 noise=" + noise + " seed=3");

measurement = truth + "-measurement";
run("Posterior Deblur...", "image=[" + measurement + "] psf_sigma=2 noise=" + noise + " seed=7");
run("Posterior Panel...", "image=[" + measurement + "]");

kinds = newArray("-samples", "-mean", "-variance");
for (i = 0; i < kinds.length; i++) {
  selectImage(measurement + kinds[i]);
  saveAs("Tiff", output + File.separator + "cells" + kinds[i] + ".tif");
}
selectImage(measurement + "-panel");
saveAs("PNG", output + File.separator + "cells-panel.png");
print("Samples, mean, variance and a figure of them are in " + output);
