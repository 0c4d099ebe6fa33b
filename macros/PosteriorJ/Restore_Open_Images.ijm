// Restores every image that is open, each with the same options, and closes the samples: mean and variance stay.
// An image that can't be restored does not end the run: all of those are told in the end, with the reasons.
//
// Argument: options of Posterior Deblur, such as "psf_sigma=2 noise=190"; without it, they are asked for.

options = getArgument();
if (options == "") options = getString("Options of Posterior Deblur", "psf_sigma=2");
if (nImages == 0) exit("Open the images first.");

titles = getList("image.titles");
failures = "";
for (i = 0; i < titles.length; i++) {
  named = "image=[" + titles[i] + "] " + options;
  failure = call("io.github.posteriorj.command.Attempt.run", "Posterior Deblur...", named);
  if (failure == "") {
    if (isOpen(titles[i] + "-samples")) close(titles[i] + "-samples");
    print("restored: " + titles[i]);
  } else {
    failures = failures + "\n" + titles[i] + ": " + failure;
  }
}
if (failures != "") exit("These images could not be restored:" + failures);
