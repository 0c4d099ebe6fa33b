// A tool set: buttons for the commands used most. Copy this file into macros/toolsets of ImageJ, and choose it by the
// ">>" at the end of the tool bar.

macro "Deblur Action Tool - C00fO0077C000T6f0dD" {
  run("Posterior Deblur...");
}

macro "Denoise Action Tool - C0a0O0077C000T6f0dN" {
  run("Posterior Denoise...");
}

macro "Restore Folder Action Tool - C840R0177C000T6f0dF" {
  run("Restore Folder...");
}

macro "Restore Again Action Tool - Ca0aO0077C000T6f0dR" {
  run("Restore Again...");
}

macro "Posterior Panel Action Tool - C088R0044R5044C000T6f0dP" {
  run("Posterior Panel...", "image=[" + getTitle() + "]");
}
