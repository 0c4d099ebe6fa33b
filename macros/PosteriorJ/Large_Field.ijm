// Restores a large image, tile by tile where the memory does not hold it, and keeps what is done in a folder: run it
// again after a crash or ESC, and it goes on where it was. Leaves mean and variance, and all files in the folder.
//
// Argument: the folder, then more options of the restore command, such as samples=8, separated by a semicolon. Without
// one it asks for the folder.

argument = split(getArgument(), ";");
options = "";
if (argument.length > 1)
  options = argument[1];
if (argument.length > 0)
  folder = argument[0];
else
  folder = getDirectory("Choose a folder for the results");
run("Posterior Deblur...", "image=[" + getTitle() + "] output=[" + folder + "] psf_sigma=1.5 " + options);
