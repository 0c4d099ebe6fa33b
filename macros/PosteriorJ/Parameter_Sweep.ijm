// Restores the active image with several widths of the PSF, and tells how well each explains it: a misfit of 1 is within
// the noise, a larger one says that the width is wrong. Leaves the means, each titled with its width.
//
// Argument: "WIDTHS;OPTIONS", such as "1,1.5,2,2.5;noise=190 quality=preview"; without it, both are asked for.

argument = getArgument();
if (argument == "") {
  widths = getString("Widths of the PSF (pixels)", "1,1.5,2,2.5");
  options = getString("More options of Posterior Deblur", "quality=preview");
} else {
  parts = split(argument, ";");
  widths = parts[0];
  options = "";
  if (parts.length > 1) options = parts[1];
}
title = getTitle();
values = split(widths, ",");
for (i = 0; i < values.length; i++) {
  run("Posterior Deblur...", "image=[" + title + "] psf_sigma=" + values[i] + " " + options);
  selectImage(title + "-mean");
  misfit = fact(getMetadata("Info"), "mean of the samples: ");
  rename(title + "-mean, sigma " + values[i]);
  close(title + "-samples");
  close(title + "-variance");
  print("psf_sigma=" + values[i] + ": misfit " + misfit);
}

// Returns the number that follows some words of a text.
function fact(text, words) {
  start = indexOf(text, words);
  if (start < 0) return NaN;
  line = substring(text, start + lengthOf(words));
  end = indexOf(line, "\n");
  if (end >= 0) line = substring(line, 0, end);
  return parseFloat(line);
}
