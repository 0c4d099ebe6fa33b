// Deblurs all TIFF images of a folder, and saves samples, mean and variance of each in another one.
// An image whose results are there already is left out, so that a run that was ended goes on.
//
// Argument: "INPUT;OUTPUT;PSF_SIGMA;NOISE"; without it, all four are asked for.
// NOISE is the standard deviation in the images' units; 0 estimates it for each image.

argument = getArgument();
if (argument == "") {
  input = getDirectory("Folder of blurred images");
  output = getDirectory("Folder for the results");
  psf_sigma = getNumber("PSF sigma (pixels)", 2);
  noise = getNumber("Noise (standard deviation, 0 estimates it)", 0);
} else {
  parts = split(argument, ";");
  if (parts.length != 4) exit("Write INPUT;OUTPUT;PSF_SIGMA;NOISE, not \"" + argument + "\".");
  input = parts[0];
  output = parts[1];
  psf_sigma = parseFloat(parts[2]);
  noise = parseFloat(parts[3]);
}
if (!File.isDirectory(input)) exit("There is no folder " + input + ".");
File.makeDirectory(output);
if (!File.isDirectory(output)) exit("The folder " + output + " can't be made.");
input = withoutSlash(input);
output = withoutSlash(output);
if (input == output) {
  exit("Choose another folder for the results: in the same one they would be taken for images.");
}

setBatchMode(true);
names = getFileList(input);
restored = 0;
for (i = 0; i < names.length; i++) {
  if (!endsWith(names[i], ".tif") && !endsWith(names[i], ".tiff")) continue;
  target = output + File.separator + names[i];
  if (File.exists(target + "-variance.tif")) continue;
  open(input + File.separator + names[i]);
  title = getTitle();
  run("Posterior Deblur...", "image=[" + title + "] psf_sigma=" + psf_sigma + " noise=" + noise);
  // A file gets its name when it is whole. The variance comes last: where it is, the others are.
  kinds = newArray("-samples", "-mean", "-variance");
  for (k = 0; k < kinds.length; k++) {
    selectImage(title + kinds[k]);
    saveAs("Tiff", target + ".part.tif");
    if (File.exists(target + kinds[k] + ".tif")) deleted = File.delete(target + kinds[k] + ".tif");
    renamed = File.rename(target + ".part.tif", target + kinds[k] + ".tif");
  }
  close("*");
  restored++;
  print(restored + ": " + names[i]);
}
print(restored + " image(s) restored in " + output);

function withoutSlash(folder) {
  while (lengthOf(folder) > 1 && (endsWith(folder, "/") || endsWith(folder, File.separator))) {
    folder = substring(folder, 0, lengthOf(folder) - 1);
  }
  return folder;
}
