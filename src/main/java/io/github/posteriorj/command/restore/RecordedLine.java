package io.github.posteriorj.command.restore;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command with its options, as ImageJ's Recorder writes it: {@code run("Posterior Deblur...",
 * "psf_sigma=2");}, or in plain words: {@code Posterior Deblur... psf_sigma=2}.
 *
 * @param command its name, such as "Posterior Deblur..."
 * @param options its options; empty if there are none
 */
record RecordedLine(String command, String options) {

  private static final Pattern RUN =
      Pattern.compile(
          "\\s*(?:IJ\\.)?run\\(\\s*(?:imp\\s*,\\s*)?([\"'])(.*?)\\1\\s*(?:,\\s*([\"'])(.*)\\3\\s*)?\\)\\s*;?\\s*",
          Pattern.DOTALL);

  private static final Pattern WORDS =
      Pattern.compile("\\s*(.*?\\.\\.\\.)(?:\\s+(.*))?", Pattern.DOTALL);

  /**
   * Takes a line apart.
   *
   * @throws IllegalArgumentException if it is none; the message shows one
   */
  static RecordedLine parse(String text) {
    Matcher run = RUN.matcher(text);
    if (run.matches()) {
      String options = run.group(4) == null ? "" : run.group(4);
      return new RecordedLine(run.group(2), options.replaceAll("\\\\(.)", "$1"));
    }
    Matcher words = WORDS.matcher(text);
    if (words.matches()) {
      return new RecordedLine(words.group(1), words.group(2) == null ? "" : words.group(2));
    }
    throw new IllegalArgumentException(
        "\"%s\" is no recorded command. Write it as the Recorder does (Plugins > Macros > Record...), such as run('Posterior Deblur...', 'psf_sigma=2')."
            .formatted(text));
  }
}
