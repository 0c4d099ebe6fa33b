// Simulates a measurement of each sharp test image: Gaussian blur of 2 pixels, noise of 5 % of the
// image's range. Run it from the checkout:
//
//   mvn -q compile exec:java -Dexec.args="--headless -macro test-images/make_measurements.ijm"

folder = getDirectory("imagej") + "test-images" + File.separator;
names = newArray("cells", "filaments", "membranes", "mitochondria", "nuclei", "puncta");
setBatchMode(true);
for (i = 0; i < names.length; i++) {
  open(folder + names[i] + ".tif");
  title = getTitle();
  getStatistics(area, mean, min, max);
  noise = 0.05 * (max - min);
  run("Simulate Gaussian Blur...", "image=[" + title + "] psf_sigma=2 noise=" + noise + " seed=" + (i + 1));
  selectImage(title + "-measurement");
  saveAs("Tiff", folder + names[i] + "-measurement.tif");
  close("*");
}
