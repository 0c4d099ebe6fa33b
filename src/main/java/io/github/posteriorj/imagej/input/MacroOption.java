package io.github.posteriorj.imagej.input;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One word of the options of a macro's {@code run(command, options)}: {@code key=value} or a bare
 * word.
 *
 * <p>Values are quoted as in {@link ij.Macro#getValue}: {@code [two words]} or {@code 'two words'}.
 * Unlike there, text inside a value is never taken for a key, a key is never found inside a longer
 * one, and brackets within the brackets need not be in pairs.
 *
 * @param key the text before the equals sign, as written, or the bare word
 * @param value the value without its quotes; empty for a bare word
 * @param form how it was written
 */
record MacroOption(String key, String value, Form form) {

  private static final Pattern AFTER_VALUE = Pattern.compile("\\s*$|\\s+[^\\s=\\[\\]]+=");

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

  /**
   * Brackets are in pairs, but in a title or a path that holds one without its other half: then the
   * value ends where the options do, or where another key follows. What only seems to end within a
   * pair is an option within the value.
   */
  private static int closingBracket(String options, int opening) {
    int depth = 0;
    int paired = -1;
    int unpaired = -1;
    for (int i = opening; i < options.length() && (depth >= 0 || unpaired < 0); i++) {
      if (options.charAt(i) == '[') {
        depth++;
      } else if (options.charAt(i) == ']') {
        depth--;
        boolean wordEnds = i + 1 == options.length() || options.charAt(i + 1) == ' ';
        if (depth == 0 && paired < 0 && wordEnds) {
          paired = i;
        } else if (depth != 0 && unpaired < 0 && endsValue(options, i + 1)) {
          unpaired = i;
        }
      }
    }
    boolean isPaired = unpaired < paired || paired >= 0 && endsValue(options, paired + 1);
    return isPaired ? paired : unpaired;
  }

  private static boolean endsValue(String options, int end) {
    return AFTER_VALUE.matcher(options).region(end, options.length()).lookingAt();
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
