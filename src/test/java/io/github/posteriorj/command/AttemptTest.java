package io.github.posteriorj.command;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.imagej.host.HeadlessTest;
import org.junit.jupiter.api.Test;

/** A macro goes on after a command that it only tries. */
class AttemptTest extends HeadlessTest {

  private static String tried(String command, String options) {
    return "failure = call('io.github.posteriorj.command.Attempt.run', '%s', '%s');"
        .formatted(command, options);
  }

  @Test
  void aFailureIsReturnedAndTheMacroGoesOn() {
    assertNull(
        errorOf(
            "newImage('flat', '8-bit white', 32, 32, 1);"
                + tried("Simulate Gaussian Blur...", "psf_sigma=2")
                + "newImage(failure, '8-bit', 9, 9, 1);"));
    assertTrue(
        openTitles()
            .contains("\"flat\" is constant: every pixel is 255.0. There is nothing to see in it."),
        openTitles()::toString);
  }

  @Test
  void successReturnsNothing() {
    assertNull(
        errorOf(
            BadInput.CELLS
                + "cells('cells', '32-bit', 32, 32);"
                + tried("Simulate Gaussian Blur...", "psf_sigma=2")
                + "newImage('[' + failure + ']', '8-bit ramp', 32, 32, 1);"));
    assertTrue(openTitles().contains("cells-measurement"), openTitles()::toString);
    assertTrue(openTitles().contains("[]"), openTitles()::toString);
  }

  @Test
  void theNextFailureEndsTheMacroAgain() {
    String error =
        errorOf(
            BadInput.CELLS
                + "cells('cells', '32-bit', 32, 32);"
                + tried("Simulate Gaussian Blur...", "psf_sigma=2")
                + "run('Simulate Gaussian Blur...', 'psf_sigma=0');");
    assertTrue(error.contains("standard deviation of the blur must"), error);
  }
}
