// A tool set: buttons for the commands used most. Copy this file into macros/toolsets of ImageJ, and choose it by the
// ">>" at the end of the tool bar.

macro "Deblur Action Tool - C00fO4488C000Tb50dD" {
  run("Posterior Deblur...");
}

macro "Denoise Action Tool - C0a0O4488C000Tb50dN" {
  run("Posterior Denoise...");
}

macro "Restore Folder Action Tool - C840R1677C000Tb50dF" {
  run("Restore Folder...");
}

macro "Restore Again Action Tool - Ca0aO4488C000Tb50dR" {
  run("Restore Again...");
}

macro "Posterior Panel Action Tool - C088R1633R6633C000Tb50dP" {
  run("Posterior Panel...", "image=[" + getTitle() + "]");
}
