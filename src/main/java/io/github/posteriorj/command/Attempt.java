package io.github.posteriorj.command;

import ij.IJ;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a command of PosteriorJ for a macro that goes on when the command fails, such as one for all
 * files of a folder.
 *
 * <pre>{@code
 * failure = call("io.github.posteriorj.command.Attempt.run", "Posterior Deblur...", "psf_sigma=2");
 * if (failure != "") print(getTitle() + ": " + failure);
 * }</pre>
 */
public final class Attempt {

  /** Fiji runs commands on threads of its own: the one that fails finds the attempt here. */
  private static final AtomicReference<Attempt> RUNNING = new AtomicReference<>();

  private volatile String failure = "";

  private Attempt() {}

  /**
   * Runs a command, as {@code run(command, options)} does.
   *
   * @return the message it failed with; empty if all went well
   */
  public static String run(String command, String options) {
    Attempt attempt = new Attempt();
    Attempt outer = RUNNING.getAndSet(attempt);
    try {
      IJ.run(command, options);
    } finally {
      RUNNING.set(outer);
    }
    return attempt.failure;
  }

  /** Takes a command's failure, if an attempt is running: then nobody else is to be told. */
  static boolean takes(String message) {
    Attempt attempt = RUNNING.get();
    if (attempt != null) {
      attempt.failure = message;
    }
    return attempt != null;
  }
}
