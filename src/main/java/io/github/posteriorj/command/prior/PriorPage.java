package io.github.posteriorj.command.prior;

import static java.util.stream.Collectors.joining;

import io.github.posteriorj.command.Installation;
import io.github.posteriorj.imagej.CardWindow;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.PriorDescription;
import io.github.posteriorj.library.PriorLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page about a prior: which priors there are, what this one is good for, its licence, then all
 * else.
 *
 * @param installed what each installed prior is good for, by its name
 * @param prior the one that the page is about
 */
record PriorPage(Map<String, String> installed, PriorDescription prior) {

  /**
   * The page of a prior.
   *
   * @throws IOException if its files cannot be read
   */
  static PriorPage of(InstalledPrior prior) throws IOException {
    PriorLibrary library = Installation.priors();
    Map<String, String> installed = new LinkedHashMap<>();
    for (String name : library.names()) {
      List<Path> folders = library.folders(name);
      String hidden =
          folders.stream()
              .skip(1)
              .map(folder -> " It hides the one in " + folder + ".")
              .collect(joining());
      installed.put(name, purpose(folders.get(0)) + hidden);
    }
    return new PriorPage(installed, PriorDescription.of(prior));
  }

  private static String purpose(Path folder) {
    try {
      return PriorDescription.of(InstalledPrior.of(folder)).purpose();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** The page where there is no window. */
  String text() {
    return "Installed priors:\n"
        + installed.entrySet().stream()
            .map(entry -> "  %s: %s\n".formatted(entry.getKey(), entry.getValue()))
            .collect(joining())
        + "\n%s\nWhat it is good for: %s\nLicence: %s\n\n%s"
            .formatted(prior.name(), prior.purpose(), prior.licence(), prior.details());
  }

  /** The page in a window, its picture included. */
  String html() {
    String list =
        installed.entrySet().stream()
            .map(
                entry ->
                    "<tr><td valign=top><b>%s</b></td><td>%s</td></tr>"
                        .formatted(escape(entry.getKey()), escape(entry.getValue())))
            .collect(joining());
    return """
    <html><body style="font-family: sans-serif; font-size: 11px; margin: 8px">
    <h3>Installed priors</h3>
    <table cellpadding=2>%s</table>
    <h2>%s</h2>
    <p>%s</p>
    <p><b>Licence:</b> %s</p>
    %s
    <h3>Details</h3>
    <p style="font-size: 9px">%s</p>
    </body></html>
    """
        .formatted(
            list,
            escape(prior.name()),
            escape(prior.purpose()),
            escape(prior.licence()),
            CardWindow.PICTURE,
            escape(prior.details()).replace("  ", "&nbsp; ").replace("\n", "<br>"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
