// Deblurs all TIFF images of a folder, and saves samples, mean and variance of each in another one.
// An image whose results are there already is left out, so that a run that was ended goes on. One that can't be
// restored does not end the run: all of those are told in the end, with the reasons, and tried again the next time.
//
// Argument: "INPUT;OUTPUT;PSF_SIGMA;NOISE"; without it, all four are asked for. More options of Posterior Deblur, such
// as samples=16, may stand after a further semicolon.
// NOISE is the standard deviation in the images' units; 0 estimates it for each image.

argument = getArgument();
more = "";
if (argument == "") {
  input = getDirectory("Folder of blurred images");
  output = getDirectory("Folder for the results");
  psf_sigma = getNumber("PSF sigma (pixels)", 2);
  noise = getNumber("Noise (standard deviation, 0 estimates it)", 0);
} else {
  parts = split(argument, ";");
  if (parts.length < 4 || parts.length > 5) exit("Write INPUT;OUTPUT;PSF_SIGMA;NOISE, not \"" + argument + "\".");
  input = parts[0];
  output = parts[1];
  psf_sigma = parseFloat(parts[2]);
  noise = parseFloat(parts[3]);
  if (parts.length == 5) more = parts[4];
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
options = "psf_sigma=" + psf_sigma + " noise=" + noise + " " + more;
names = getFileList(input);
restored = 0;
failed = 0;
failures = "";
for (i = 0; i < names.length; i++) {
  if (!isTiff(names[i])) continue;
  target = output + File.separator + names[i];
  if (File.exists(target + "-variance.tif")) continue;
  failure = restore(input + File.separator + names[i], target, options);
  close("*");
  if (failure == "") {
    restored++;
    print(restored + ": " + names[i]);
  } else {
    failed++;
    failures = failures + "\n" + names[i] + ": " + failure;
  }
}
print(restored + " image(s) restored in " + output);
if (failed > 0) exit(failed + " image(s) could not be restored:" + failures);

// Returns why the image can't be restored, or nothing.
function restore(path, target, options) {
  start = File.openAsRawString(path, 3);
  if (!startsWith(start, "II") && !startsWith(start, "MM")) return "This is no TIFF file.";
  IJ.redirectErrorMessages();
  open(path);
  if (nImages == 0) return "ImageJ cannot read the file: it is damaged.";
  title = getTitle();
  named = "image=[" + title + "] " + options;
  failure = call("io.github.posteriorj.command.Attempt.run", "Posterior Deblur...", named);
  if (failure != "") return failure;
  // A file gets its name when it is whole. The variance comes last: where it is, the others are.
  kinds = newArray("-samples", "-mean", "-variance");
  for (k = 0; k < kinds.length; k++) {
    selectImage(title + kinds[k]);
    saveAs("Tiff", target + ".part.tif");
    if (File.exists(target + kinds[k] + ".tif")) deleted = File.delete(target + kinds[k] + ".tif");
    renamed = File.rename(target + ".part.tif", target + kinds[k] + ".tif");
  }
  return "";
}

function isTiff(name) {
  name = toLowerCase(name);
  // macOS keeps files of another kind beside images on foreign disks, named with a dot before.
  if (startsWith(name, ".")) return false;
  if (endsWith(name, ".tif")) return true;
  return endsWith(name, ".tiff");
}

function withoutSlash(folder) {
  while (lengthOf(folder) > 1 && (endsWith(folder, "/") || endsWith(folder, File.separator))) {
    folder = substring(folder, 0, lengthOf(folder) - 1);
  }
  return folder;
}
