package io.github.posteriorj.command;

import io.github.posteriorj.tensor.TorchScriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A macro that gives a command what it cannot use, and what the user is to be told.
 *
 * @param name what is wrong
 * @param macro the macro; {@code {prior}} and {@code {damaged}} stand for the folders of priors,
 *     {@code {networks}} for that of networks
 * @param message part of the message
 */
record BadInput(String name, String macro, String message) {

  /** Makes an image of waves and noise under a title: {@code cells(title, type, width, height)}. */
  static final String CELLS =
      """
      function cells(title, type, width, height) {
        newImage(title, type + " black", width, height, 1);
        random("seed", 7);
        for (y = 0; y < height; y++)
          for (x = 0; x < width; x++)
            setPixel(x, y, 100 + 50 * sin(x / 3) * cos(y / 4) + 5 * random("gaussian"));
      }
      """;

  /** Settings that take no time; they make no good samples. */
  static final String CHEAP =
      " samples=2 chains=2 warm_start_steps=3 burn_in=1 thinning=1 device=cpu trust=true"
          + " prior=[{prior}]";

  private static final String SMALL = "cells('cells', '32-bit', 32, 32); ";

  private static final String STACK = "newImage('stack', '32-bit ramp', 32, 32, 3); setSlice(3); ";

  private static BadInput deblur(String name, String prelude, String options, String message) {
    return new BadInput(name, prelude + "run('Posterior Deblur...', '" + options + "');", message);
  }

  private static BadInput restore(
      String name, String prelude, String command, String options, String message) {
    return new BadInput(
        name, prelude + "run('Posterior " + command + "...', '" + options + "');", message);
  }

  private static BadInput network(String name, String file, String options, String message) {
    return restore(
        name,
        SMALL,
        "with Network Operator",
        "network=[{networks}/" + file + ".pt] " + options + CHEAP,
        message);
  }

  static List<BadInput> all() {
    return List.of(
        deblur("no image", "", "noise=5" + CHEAP, "There is no such image."),
        deblur(
            "a title that is not open",
            SMALL,
            "image=nuclei noise=5" + CHEAP,
            "\"nuclei\", which is not open"),
        deblur(
            "a small image",
            "cells('cells', '32-bit', 8, 8); ",
            "noise=5" + CHEAP,
            "The image is too small: 8 x 8 pixels"),
        deblur(
            "NaN pixels",
            SMALL + "setPixel(3, 3, NaN); setPixel(4, 3, NaN); ",
            "noise=5" + CHEAP,
            "\"cells\" has 2 pixel(s) that are NaN or infinite"),
        deblur(
            "a constant image",
            "newImage('flat', '8-bit white', 32, 32, 1); ",
            "noise=5" + CHEAP,
            "\"flat\" is constant: every pixel is 255"),
        new BadInput(
            "a colour image",
            "newImage('colours', 'RGB ramp', 32, 32, 1); run('Simulate Gaussian Blur...',"
                + " 'noise=5');",
            "\"colours\" is a colour image"),
        deblur(
            "a stack with a plane that is constant",
            STACK + "changeValues(-1e9, 1e9, 7); ",
            "noise=5" + CHEAP,
            "\"stack\" (channel 1, slice 3, frame 1) is constant"),
        deblur(
            "slices that are not there",
            STACK,
            "noise=5 slices=2-4" + CHEAP,
            "slices=2-4 asks for number 4, but the image's slices are numbered from 1 to 3."),
        deblur(
            "no plane",
            STACK,
            "noise=5 slices=[]" + CHEAP,
            "No plane is chosen: slices is empty. Write numbers from 1 to 3, such as slices=1-3, or"
                + " slices=all."),
        deblur(
            "slices that count down",
            STACK,
            "noise=5 slices=3-1" + CHEAP,
            "No plane is chosen: slices=3-1 counts down. Write 1-3."),
        deblur(
            "slices that are no numbers",
            STACK,
            "noise=5 slices=first" + CHEAP,
            "slices must be numbers and ranges with commas between them, such as 1-3,5, or all; it"
                + " is \"first\"."),
        deblur(
            "the current plane and others",
            STACK,
            "noise=5 planes=[current plane] slices=2" + CHEAP,
            "planes=[current plane] leaves no choice of channels, slices and frames."),
        deblur(
            "a PSF for channels that are not there",
            STACK,
            "noise=5 psf_sigma=1.8,2.1" + CHEAP,
            "psf_sigma has 2 numbers (1.8,2.1), but 1 channel is restored."),
        deblur(
            "a decimal with a comma",
            SMALL,
            "noise=5,5" + CHEAP,
            "noise has 2 numbers (5,5), but 1 channel is restored. Give one for all channels, or"
                + " one for each. Write a decimal with a point: 5.5."),
        deblur(
            "a number too low in a list",
            STACK,
            "noise=5 psf_sigma=1.8,-2" + CHEAP,
            "psf_sigma must be at least 0; it is -2."),
        restore(
            "dead pixels of a stack",
            STACK,
            "Inpaint",
            "hidden=dead noise=5" + CHEAP,
            "What is hidden, hidden=dead, would be taken from one plane for all 3"),
        deblur(
            "noise that cannot be estimated",
            "newImage('dark', '32-bit black', 33, 33, 1); setPixel(32, 32, 8); ",
            "noise=0" + CHEAP,
            "shows no noise to estimate its level from"),
        deblur("negative noise", SMALL, "noise=-1" + CHEAP, "noise must be at least 0; it is -1."),
        deblur("noise that is no number", SMALL, "noise=NaN" + CHEAP, "noise must be a number"),
        deblur(
            "no blur", SMALL, "noise=5 psf_sigma=0" + CHEAP, "standard deviation of the blur must"),
        deblur(
            "a negative blur",
            SMALL,
            "noise=5 psf_sigma=-2" + CHEAP,
            "psf_sigma must be at least 0; it is -2."),
        deblur(
            "one sample",
            SMALL,
            "noise=5 samples=1 device=cpu prior=[{prior}]",
            "samples must be 2 or more, not 1."),
        deblur(
            "more chains than samples",
            SMALL,
            "noise=5 samples=2 chains=3 device=cpu prior=[{prior}]",
            "3 chains cannot share 2 samples"),
        deblur(
            "no thinning",
            SMALL,
            "noise=5 samples=2 thinning=0 device=cpu prior=[{prior}]",
            "thinning must be at least 1; it is 0."),
        deblur(
            "an unknown warm start",
            SMALL,
            "noise=5 warm_start=cold" + CHEAP,
            "warm_start has no choice \"cold\""),
        deblur(
            "no generation steps",
            SMALL,
            "noise=5 generation_steps=0" + CHEAP,
            "generation_steps must be between 1 and 40; it is 0."),
        deblur(
            "a reversed intensity range",
            SMALL,
            "noise=5 intensity_low=200 intensity_high=100" + CHEAP,
            "from 200.0 to 100.0"),
        deblur(
            "an unknown prior", SMALL, "noise=5 prior=nuclear device=cpu", "no prior \"nuclear\""),
        deblur(
            "a damaged prior",
            SMALL,
            "noise=5 prior=[{damaged}] device=cpu",
            "not the ones that the card of the prior describes"),
        deblur(
            "an unknown device",
            SMALL,
            "noise=5 device=tpu prior=[{prior}]",
            "Unknown device \"tpu\""),
        deblur(
            "an unknown key",
            SMALL,
            "noises=5" + CHEAP,
            "there is no option \"noises\". Did you mean \"noise\"?"),
        new BadInput(
            "negative noise to simulate",
            SMALL + "run('Simulate Gaussian Blur...', 'noise=-3');",
            "noise must be at least 0; it is -3."),
        new BadInput(
            "no blur to simulate",
            SMALL + "run('Simulate Gaussian Blur...', 'psf_sigma=0');",
            "standard deviation of the blur must"),
        new BadInput(
            "a prior image that is too small",
            "run('Sample Prior...', 'width=5 height=40 samples=1 device=cpu prior=[{prior}]');",
            "The image is too small: 5 x 40 pixels"),
        new BadInput(
            "no prior images",
            "run('Sample Prior...', 'samples=0 device=cpu prior=[{prior}]');",
            "samples must be at least 1; it is 0."),
        new BadInput(
            "a panel without results",
            SMALL + "run('Posterior Panel...', 'image=cells');",
            "There is no image \"cells-samples\". Restore \"cells\" first."),
        new BadInput(
            "a truth of another size",
            SMALL
                + "cells('truth', '32-bit', 33, 32);"
                + "run('Compare with Truth...', 'image=cells truth=truth');",
            "differ in size"),
        new BadInput(
            "nothing to compare",
            "run('Compare with Truth...', 'image=cells truth=truth');",
            "no image is open"));
  }

  /** What the instruments' and the noises' own parameters can have wrong. */
  static List<BadInput> ofInstruments() {
    return List.of(
        restore(
            "negative counts",
            SMALL,
            "Denoise",
            "noise_model=Poisson camera_offset=120" + CHEAP,
            "Poisson noise makes no negative counts, but "),
        restore(
            "a camera without gain",
            SMALL,
            "Denoise",
            "noise_model=Poisson-Gaussian camera_gain=-1" + CHEAP,
            "camera_gain must be at least 0; it is -1."),
        restore(
            "a gain that cannot be estimated",
            SMALL,
            "Denoise",
            "noise_model=Poisson-Gaussian camera_gain=0" + CHEAP,
            "too small to estimate how its noise grows"),
        restore(
            "a noise map of another size",
            SMALL + "newImage('map', '32-bit ramp', 16, 16, 1); ",
            "Denoise",
            "image=cells noise_map=map" + CHEAP,
            "The noise map has 16 x 16 pixels, but the measurement has 32 x 32. Use a noise map of"
                + " the measurement's size."),
        restore(
            "an illumination of another size",
            SMALL + "newImage('light', '32-bit ramp', 16, 16, 1); ",
            "Denoise",
            "image=cells noise=5 illumination=light" + CHEAP,
            "The pattern has 16 x 16 pixels, but the image has 32 x 32"),
        restore(
            "no PSF",
            SMALL,
            "Deblur with PSF",
            "psf_model=image noise=5" + CHEAP,
            "no image of the point spread"),
        restore(
            "a PSF larger than the image",
            SMALL + "newImage('psf', '32-bit ramp', 40, 40, 1); ",
            "Deblur with PSF",
            "image=cells psf=psf noise=5" + CHEAP,
            "The point spread function has 40 x 40 pixels, more than the image"),
        restore(
            "a PSF of negative sum",
            SMALL + "newImage('psf', '32-bit black', 9, 9, 1); setPixel(4, 4, -1); ",
            "Deblur with PSF",
            "image=cells psf=psf noise=5" + CHEAP,
            "but the sum must be positive"),
        restore(
            "a PSF of zeros",
            SMALL + "newImage('psf', '32-bit black', 9, 9, 1); ",
            "Deblur with PSF",
            "image=cells psf=psf noise=5" + CHEAP,
            "point spread function's values sum to 0"),
        restore(
            "a computed PSF without a pixel size",
            SMALL,
            "Deblur with PSF",
            "psf_model=Airy noise=5" + CHEAP,
            "pixel size is not known in micrometres: its unit is \"pixel\""),
        restore(
            "no motion",
            SMALL,
            "Motion Deblur",
            "length=0 noise=5" + CHEAP,
            "length of the motion must be a positive number"),
        restore(
            "no factor",
            SMALL,
            "Super-Resolution",
            "factor=0 noise=5" + CHEAP,
            "factor must be at least 1; it is 0."),
        new BadInput(
            "a factor that does not divide",
            SMALL + "run('Simulate Pooling...', 'factor=5');",
            "The factor 5 does not divide the image's size of 32 x 32 pixels"),
        restore("no mask", SMALL, "Inpaint", "noise=5" + CHEAP, "There is no mask image."),
        restore(
            "a mask of another size",
            SMALL + "newImage('mask', '8-bit white', 16, 32, 1); ",
            "Inpaint",
            "image=cells mask=mask noise=5" + CHEAP,
            "The mask has 16 x 32 pixels, but the image has 32 x 32"),
        restore(
            "a mask that hides all",
            SMALL + "newImage('mask', '8-bit black', 32, 32, 1); ",
            "Inpaint",
            "image=cells mask=mask noise=5" + CHEAP,
            "The mask hides all pixels of the image"),
        restore(
            "no selection",
            SMALL,
            "Inpaint",
            "hidden=selection noise=5" + CHEAP,
            "\"cells\" has no area selection"),
        new BadInput(
            "nothing visible",
            SMALL + "run('Simulate Mask...', 'visible=0');",
            "share of visible pixels must be above 0"),
        restore(
            "no amplification",
            SMALL,
            "HDR",
            "amplification=0 noise=5" + CHEAP,
            "gain before clipping must be a positive number"),
        restore(
            "a Fourier magnitude without a range",
            "cells('cells', '32-bit', 48, 48); ",
            "Phase Retrieval",
            "noise=5" + CHEAP,
            "Set intensity_low and intensity_high"),
        restore(
            "a size that no padded image has",
            "cells('cells', '32-bit', 50, 48); ",
            "Phase Retrieval",
            "noise=5 intensity_low=0 intensity_high=9" + CHEAP,
            "has a Fourier magnitude of 50 pixels a side"),
        restore(
            "no restarts",
            "cells('cells', '32-bit', 48, 48); ",
            "Phase Retrieval",
            "restarts=0 noise=5 intensity_low=0 intensity_high=9" + CHEAP,
            "restarts must be at least 1; it is 0."),
        restore(
            "a missing network",
            SMALL,
            "Nonlinear Deblur",
            "network=nowhere.pt noise=5" + CHEAP,
            "There is no such file. Give the path of a TorchScript network"),
        restore(
            "a gray prior for colours",
            SMALL,
            "Colorize",
            "noise=5 intensity_low=0 intensity_high=255" + CHEAP,
            "images of 1 channel(s), not of 3"),
        new BadInput(
            "a gray image to turn gray",
            SMALL + "run('Simulate Gray...', 'noise=1');",
            "\"cells\" is not a colour image of type RGB"),
        network("a network of another output", "squared", "loss=[squared error] noise=5", "size"),
        network("a network of NaN", "nan", "loss=[squared error] noise=5", "not finite"),
        network("a label outside the classes", "logits", "loss=cross-entropy label=7", "label 7"),
        network(
            "an image that is no labels",
            "logits",
            "loss=cross-entropy",
            "is outside the network's classes, which are the whole numbers 0 to 1"),
        network(
            "a target of another size",
            "squared",
            "loss=cosine",
            "The image has 1024 pixels, but the network's output of the shape (1, 16, 16) asks for"
                + " 256. Give an image of that many pixels"),
        network(
            "a network without logits",
            "scalar",
            "loss=cross-entropy",
            "returns one number for an image. Choose loss=[own scalar]"));
  }

  String script(String prior, String damaged, String networks) {
    return CELLS
        + macro
            .replace("{prior}", prior)
            .replace("{damaged}", damaged)
            .replace("{networks}", networks);
  }

  /** Writes the networks that the macros name. */
  static void writeNetworks(Path folder) throws IOException {
    Files.createDirectories(folder);
    TorchScriptFiles.write(
        folder.resolve("squared.pt"), List.of("x"), "return torch.avg_pool2d(x, 2)");
    TorchScriptFiles.write(folder.resolve("nan.pt"), List.of("x"), "return torch.log(x)");
    TorchScriptFiles.write(
        folder.resolve("scalar.pt"), List.of("x"), "return torch.sum(x, [1, 2, 3])");
    TorchScriptFiles.write(
        folder.resolve("logits.pt"), List.of("x"), "return torch.cat([x, torch.neg(x)], 1)");
  }

  @Override
  public String toString() {
    return name;
  }
}
