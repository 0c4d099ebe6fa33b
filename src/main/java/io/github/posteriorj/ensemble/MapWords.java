package io.github.posteriorj.ensemble;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The maps that there are, and the words that choose them. */
public final class MapWords {

  /** Explains the words to people. */
  public static final String DESCRIPTION =
      "Maps of what the samples say at each pixel, separated by commas: standard deviation,"
          + " coefficient of variation, median, quantile 0.05, interval width 0.95, above 1200 (the"
          + " probability to be brighter than that), R-hat. Numbers are yours.";

  /**
   * A kind of map.
   *
   * @param words what it is called
   * @param usual its number where none is given; NaN if it has to be given, or it takes none
   * @param takesNumber whether a number goes with it
   * @param map of a number
   */
  private record Kind(
      String words, double usual, boolean takesNumber, DoubleFunction<PosteriorMap> map) {

    static Kind plain(String words, PosteriorMap map) {
      return new Kind(words, Double.NaN, false, none -> map);
    }

    static Kind of(String words, double usual, DoubleFunction<PosteriorMap> map) {
      return new Kind(words, usual, true, map);
    }

    PosteriorMap with(OptionalDouble number) {
      if (number.isPresent() != takesNumber && (number.isPresent() || Double.isNaN(usual))) {
        throw new IllegalArgumentException(
            takesNumber
                ? "The map \"%s\" needs a number behind its name.".formatted(words)
                : "The map \"%s\" takes no number.".formatted(words));
      }
      return map.apply(number.orElse(usual));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.plain(StandardDeviation.WORDS, new StandardDeviation()),
          Kind.plain(CoefficientOfVariation.WORDS, new CoefficientOfVariation()),
          Kind.plain(Median.WORDS, new Median()),
          Kind.of(QuantileMap.WORDS, Double.NaN, QuantileMap::new),
          Kind.of(IntervalWidth.WORDS, 0.95, IntervalWidth::new),
          Kind.of(ExceedanceProbability.WORDS, Double.NaN, ExceedanceProbability::new),
          Kind.plain(ChainAgreement.WORDS, new ChainAgreement()));

  /** Words, and a number behind them or none. */
  private static final Pattern CHOICE =
      Pattern.compile("(.*?)\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)?");

  private MapWords() {}

  /** The words of a map with a number. */
  static String words(String name, double number) {
    return name
        + " "
        + new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /**
   * The maps that words choose.
   *
   * @param words the maps' {@linkplain PosteriorMap#words() words}, separated by commas
   * @throws IllegalArgumentException if there is no such map, or its number does not fit; the
   *     message lists those that there are
   */
  public static List<PosteriorMap> parse(String words) {
    List<PosteriorMap> maps = new ArrayList<>();
    for (String choice : words.split(",", -1)) {
      if (choice.isBlank()) {
        continue;
      }
      PosteriorMap map = one(choice.strip());
      if (maps.contains(map)) {
        throw new IllegalArgumentException(
            "The map \"%s\" is asked for twice. Leave one of the two out.".formatted(map.words()));
      }
      maps.add(map);
    }
    return List.copyOf(maps);
  }

  private static PosteriorMap one(String choice) {
    Matcher parts = CHOICE.matcher(choice);
    String name = parts.matches() ? parts.group(1) : choice;
    OptionalDouble number =
        parts.matches() && parts.group(2) != null
            ? OptionalDouble.of(Double.parseDouble(parts.group(2)))
            : OptionalDouble.empty();
    return KINDS.stream()
        .filter(kind -> kind.words().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no map \"%s\". There are: %s."
                        .formatted(
                            choice,
                            KINDS.stream()
                                .map(k -> k.words() + (k.takesNumber() ? " NUMBER" : ""))
                                .collect(Collectors.joining(", ")))))
        .with(number);
  }
}
