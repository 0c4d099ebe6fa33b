package io.github.posteriorj.command;

import java.util.List;

/**
 * A macro that gives a command what it cannot use, and what the user is to be told.
 *
 * @param name what is wrong
 * @param macro the macro; {@code {prior}} and {@code {damaged}} stand for the folders of priors
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
      " samples=2 chains=2 warm_start_steps=3 burn_in=1 thinning=1 device=cpu prior=[{prior}]";

  private static final String SMALL = "cells('cells', '32-bit', 32, 32); ";

  private static BadInput deblur(String name, String prelude, String options, String message) {
    return new BadInput(name, prelude + "run('Posterior Deblur...', '" + options + "');", message);
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
        deblur(
            "a colour image",
            "newImage('colours', 'RGB ramp', 32, 32, 1); ",
            "noise=5" + CHEAP,
            "\"colours\" is a colour image"),
        deblur(
            "a stack",
            "newImage('stack', '8-bit ramp', 32, 32, 3); ",
            "noise=5" + CHEAP,
            "\"stack\" has 3 channels, slices or frames"),
        deblur(
            "noise that cannot be estimated",
            "newImage('dark', '32-bit black', 33, 33, 1); setPixel(32, 32, 8); ",
            "noise=0" + CHEAP,
            "shows no noise to estimate its level from"),
        deblur(
            "negative noise", SMALL, "noise=-1" + CHEAP, "noise level must be a positive number"),
        deblur("noise that is no number", SMALL, "noise=NaN" + CHEAP, "noise must be a number"),
        deblur(
            "no blur", SMALL, "noise=5 psf_sigma=0" + CHEAP, "standard deviation of the blur must"),
        deblur(
            "a negative blur",
            SMALL,
            "noise=5 psf_sigma=-2" + CHEAP,
            "standard deviation of the blur must be a positive number of pixels, not -2.0."),
        deblur(
            "one sample",
            SMALL,
            "noise=5 samples=1 device=cpu prior=[{prior}]",
            "number of samples must be 2 or more, not 1"),
        deblur(
            "more chains than samples",
            SMALL,
            "noise=5 samples=2 chains=3 device=cpu prior=[{prior}]",
            "3 chains cannot share 2 samples"),
        deblur(
            "no thinning",
            SMALL,
            "noise=5 samples=2 thinning=0 device=cpu prior=[{prior}]",
            "thinning steps must be 1 or more"),
        deblur(
            "an unknown warm start",
            SMALL,
            "noise=5 warm_start=cold" + CHEAP,
            "warm_start has no choice \"cold\""),
        deblur(
            "no generation steps",
            SMALL,
            "noise=5 generation_steps=0" + CHEAP,
            "number of generation steps must be 1 or more"),
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
            "noise must be a positive number, not -3.0"),
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
            "Samples, width and height must be 1 or more, not 0"),
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

  String script(String prior, String damaged) {
    return CELLS + macro.replace("{prior}", prior).replace("{damaged}", damaged);
  }

  @Override
  public String toString() {
    return name;
  }
}
