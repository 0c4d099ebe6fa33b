// Restores all images of a folder by one command, and leaves a folder of results for each, and a report (report.csv).
// A run that was ended goes on where it was: what is done is left out.
//
// Argument: "INPUT;OUTPUT;COMMAND;OPTIONS", such as "/data/in;/data/out;Posterior Deblur...;psf_sigma=2 noise=190";
// without it, both folders are asked for, and the command as the Recorder writes it.

argument = getArgument();
if (argument == "") {
  input = getDirectory("Folder of images");
  output = getDirectory("Folder for the results");
  line = getString("Command", "Posterior Deblur... psf_sigma=2");
} else {
  parts = split(argument, ";");
  if (parts.length != 4) exit("Write INPUT;OUTPUT;COMMAND;OPTIONS, not \"" + argument + "\".");
  input = parts[0];
  output = parts[1];
  line = parts[2] + " " + parts[3];
}
run("Restore Folder...", "input=[" + input + "] output=[" + output + "] command=[" + line + "]");
