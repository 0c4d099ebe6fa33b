package io.github.posteriorj.imagej.input;

import java.util.ArrayList;
import java.util.List;

/**
 * One word of the options of a macro's {@code run(command, options)}: {@code key=value} or a bare
 * word.
 *
 * <p>Values are quoted as in {@link ij.Macro#getValue}: {@code [two words]}, brackets within the
 * brackets in pairs, or {@code 'two words'}. Unlike there, text inside a value is never taken for a
 * key, and a key is never found inside a longer one.
 *
 * @param key the text before the equals sign, as written, or the bare word
 * @param value the value without its quotes; empty for a bare word
 * @param form how it was written
 */
record MacroOption(String key, String value, Form form) {

  /** How an option is written. */
  enum Form {
    /** A word alone: {@code key}. */
    BARE,
    /** {@code key=value}. */
    PLAIN,
    /** {@code key=[value]} or {@code key='value'}. */
    QUOTED
  }

  /**
   * Takes the options of a command apart, in the order in which they are written.
   *
   * @throws InvalidInputException when a quote is opened and never closed
   */
  static List<MacroOption> parse(String options) {
    List<MacroOption> parsed = new ArrayList<>();
    int position = skipSpaces(options, 0);
    while (position < options.length()) {
      int keyEnd = position;
      while (keyEnd < options.length() && !endsKey(options.charAt(keyEnd))) {
        keyEnd++;
      }
      String key = options.substring(position, keyEnd);
      if (keyEnd == options.length() || options.charAt(keyEnd) != '=') {
        parsed.add(new MacroOption(key, "", Form.BARE));
        position = keyEnd;
      } else {
        position = parseValue(options, key, keyEnd + 1, parsed);
      }
      position = skipSpaces(options, position);
    }
    return List.copyOf(parsed);
  }

  private static int parseValue(String options, String key, int start, List<MacroOption> parsed) {
    char first = start < options.length() ? options.charAt(start) : ' ';
    if (first != '[' && first != '\'') {
      int end = start;
      while (end < options.length() && options.charAt(end) != ' ') {
        end++;
      }
      parsed.add(new MacroOption(key, options.substring(start, end), Form.PLAIN));
      return end;
    }
    int end = first == '[' ? closingBracket(options, start) : options.indexOf('\'', start + 1);
    if (end < 0) {
      throw new InvalidInputException(
          String.format(
              "The value of \"%s\" begins with %s, but the closing %s is missing: %s",
              key, first, first == '[' ? ']' : first, options.substring(start).strip()));
    }
    parsed.add(new MacroOption(key, options.substring(start + 1, end), Form.QUOTED));
    return end + 1;
  }

  /** Titles may hold an unpaired "]"; only one before a space or the end closes the value. */
  private static int closingBracket(String options, int opening) {
    int depth = 0;
    for (int i = opening; i < options.length(); i++) {
      if (options.charAt(i) == '[') {
        depth++;
      } else if (options.charAt(i) == ']') {
        depth--;
        boolean wordEnds = i + 1 == options.length() || options.charAt(i + 1) == ' ';
        if (depth <= 0 && wordEnds) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean endsKey(char c) {
    return c == '=' || Character.isWhitespace(c);
  }

  private static int skipSpaces(String options, int start) {
    int position = start;
    while (position < options.length() && Character.isWhitespace(options.charAt(position))) {
      position++;
    }
    return position;
  }
}
