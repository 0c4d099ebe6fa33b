package io.github.posteriorj.imagej.input;

import java.util.List;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

/** The page behind a dialog's Help button, made of the descriptions that a command carries. */
final class CommandHelp {

  private CommandHelp() {}

  /** Returns HTML that explains a command and the given inputs, with their keys in macros. */
  static String html(ModuleInfo command, List<ModuleItem<?>> inputs) {
    StringBuilder html = new StringBuilder("<html><h2>");
    html.append(escape(command.getTitle())).append("</h2>");
    paragraph(html, command.getDescription());
    html.append("<dl>");
    for (ModuleItem<?> item : inputs) {
      html.append("<dt><b>").append(escape(InputText.label(item))).append("</b> (in macros <code>");
      html.append(escape(InputText.key(item))).append("</code>)</dt><dd>");
      paragraph(html, item.getDescription());
      InputText.range(item).ifPresent(range -> paragraph(html, "Allowed: " + range + "."));
      html.append("</dd>");
    }
    return html.append("</dl>").toString();
  }

  private static void paragraph(StringBuilder html, String text) {
    if (text != null && !text.isBlank()) {
      html.append("<p>").append(escape(text)).append("</p>");
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
