// Restores a simulated measurement, and compares the mean and every sample with the known truth.
// Leaves what Denoise.ijm leaves, and lines of the Results table: PSNR, SSIM, NRMSE, Fourier ring correlation.
//
// Argument: more options of the restore command, such as samples=8; none is needed.

runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Denoise.ijm", getArgument());
run("Compare Images...", "image=truth-measurement-mean reference=truth");
run("Compare Images...", "image=truth-measurement-samples reference=truth");
