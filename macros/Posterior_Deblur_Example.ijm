// Blurs a sharp image, adds noise, and asks which sharp images could have made the result.
// Leaves the samples, their mean and variance (TIFF) and a panel (PNG) in a folder.
// Argument: the folder to write to (default: results, beside the folder of this ImageJ's macros).
output = getArgument();
if (output == "") output = getDirectory("imagej") + "results";
File.makeDirectory(output);
print("Results go to " + output);

setBatchMode(true);
open(getDirectory("imagej") + "test-images/cells.tif");
truth = getTitle();
getStatistics(area, mean, min, max);
noise = 0.05 * (max - min);
run("Simulate Gaussian Blur...", "image=[" + truth + "] psf_sigma=2 noise=" + noise + " seed=3");
measurement = truth + "-measurement";
run("Posterior Deblur...", "image=[" + measurement + "] psf_sigma=2 noise=" + noise + " samples=16 seed=7");
run("Posterior Panel...", "image=[" + measurement + "]");

results = newArray("-samples", "-mean", "-variance");
for (i = 0; i < results.length; i++) {
  selectImage(measurement + results[i]);
  saveAs("Tiff", output + File.separator + "cells" + results[i] + ".tif");
}
selectImage(measurement + "-panel");
saveAs("PNG", output + File.separator + "cells-panel.png");
