// Restores what the active image's selection encloses, with as much around it as the blur reaches.
// Leaves samples, mean and variance of the selection's bounds; outside of an oval or a polygon they are NaN.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

run("Posterior Deblur...", "image=[" + getTitle() + "] selection=true psf_sigma=1.5 " + getArgument());
