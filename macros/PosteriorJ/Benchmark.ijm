// Compares methods on simulated measurements of sharp images, as a file says.
// Leaves a row for each image, operator and method (cells.csv) and tables of their means (tables.md).
// A run that was ended goes on where it was.
//
// Argument: "CONFIGURATION;OUTPUT", such as "benchmarks/smoke.yaml;results/smoke"; without it, both are asked for.

argument = getArgument();
if (argument == "") {
  configuration = File.openDialog("Configuration of the benchmark (.yaml)");
  output = getDirectory("Folder for the results");
} else {
  parts = split(argument, ";");
  if (parts.length != 2) exit("Write CONFIGURATION;OUTPUT, not \"" + argument + "\".");
  configuration = parts[0];
  output = parts[1];
}
run("Benchmark...", "configuration=[" + configuration + "] output=[" + output + "]");
