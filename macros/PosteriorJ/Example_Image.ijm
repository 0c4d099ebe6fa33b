// The sharp image that the example macros of the restore commands begin with, titled "truth": the open image, or else
// one of the project's test images, or else a draw from the prior.
//
// Argument: the name of a test image, such as cells.

if (nImages == 0) {
  example = getDirectory("imagej") + "test-images" + File.separator + getArgument() + ".tif";
  if (File.exists(example)) {
    open(example);
    makeRectangle(0, 0, 128, 128);
    run("Crop");
  } else {
    run("Sample Prior...", "samples=1 width=128 height=128 generation_steps=2 seed=12");
  }
}
rename("truth");
