// Plugins > PosteriorJ > Deblur Example
runMacro(getDirectory("macros") + "PosteriorJ" + File.separator + "Deblur_Example.ijm");
