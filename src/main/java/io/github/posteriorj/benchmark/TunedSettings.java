package io.github.posteriorj.benchmark;

import io.github.posteriorj.text.RecordYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Settings of methods that a search on other images has found to be the best ones, for each
 * operator.
 *
 * <p>The search is a benchmark in which methods {@code tune} settings. The best one has the least
 * mean CRPS over its images: in expectation only the posterior itself attains the least, whereas
 * the error of the mean, or of a sample, favours samples that are all alike. Methods of one image
 * have no CRPS; the largest mean PSNR decides.
 *
 * @param choices what was chosen
 */
public record TunedSettings(List<Choice> choices) {

  /** No search was made. */
  public static final TunedSettings NONE = new TunedSettings(List.of());

  /**
   * What was chosen for an operator and a method, and among what.
   *
   * @param operator the operator's name
   * @param method the method's name
   * @param settings the settings that were searched, by their macro keys
   * @param criterion what decided
   * @param scores its means over the images, by the candidates' names
   */
  public record Choice(
      String operator,
      String method,
      Map<String, Object> settings,
      String criterion,
      Map<String, Object> scores) {}

  /** A candidate, and how good it is. */
  private record Rated(BenchmarkMethod candidate, double score) {}

  /**
   * Reads settings.
   *
   * @throws IOException if the file cannot be read, or is none; the message says why
   */
  static TunedSettings read(Path file) throws IOException {
    return RecordYaml.PLAIN.read(TunedSettings.class, Files.readString(file), file.toString());
  }

  /** As YAML. */
  String write() {
    return RecordYaml.PLAIN.write(this);
  }

  /**
   * The best settings of a search. Candidates that lack a result are left out, and so are methods
   * without a candidate.
   *
   * @param results all cells of the search
   */
  static TunedSettings of(BenchmarkConfiguration search, List<CellResult> results) {
    List<Choice> choices = new ArrayList<>();
    for (BenchmarkOperator operator : search.operators()) {
      for (BenchmarkMethod method : search.methods()) {
        if (!method.tune().isEmpty()) {
          choice(operator.name(), method, results).ifPresent(choices::add);
        }
      }
    }
    return new TunedSettings(choices);
  }

  private static Optional<Choice> choice(
      String operator, BenchmarkMethod method, List<CellResult> results) {
    return choice(operator, method, results, Quantity.CRPS, 1)
        .or(() -> choice(operator, method, results, Quantity.MEAN_PSNR, -1));
  }

  /**
   * The best candidate by a quantity.
   *
   * @param sign 1 if the least is best, -1 if the greatest
   */
  private static Optional<Choice> choice(
      String operator,
      BenchmarkMethod method,
      List<CellResult> results,
      Quantity quantity,
      int sign) {
    List<Rated> rated = new ArrayList<>();
    for (BenchmarkMethod candidate : method.candidates()) {
      mean(operator, candidate, results, quantity)
          .ifPresent(score -> rated.add(new Rated(candidate, score)));
    }
    Map<String, Object> scores = new LinkedHashMap<>();
    rated.forEach(
        each -> scores.put(each.candidate().name(), Double.valueOf(quantity.format(each.score()))));
    return rated.stream()
        .min((one, other) -> sign * Double.compare(one.score(), other.score()))
        .map(
            best ->
                new Choice(
                    operator,
                    method.name(),
                    method.searched(best.candidate()),
                    quantity.label(),
                    scores));
  }

  /** The mean over the images, if it is known of all of them. */
  private static OptionalDouble mean(
      String operator, BenchmarkMethod candidate, List<CellResult> results, Quantity quantity) {
    List<CellResult> here =
        results.stream()
            .filter(result -> result.cell().operator().equals(operator))
            .filter(result -> result.cell().method().equals(candidate.name()))
            .toList();
    return here.stream().allMatch(result -> result.values().containsKey(quantity))
        ? here.stream().mapToDouble(result -> result.values().get(quantity)).average()
        : OptionalDouble.empty();
  }

  /**
   * A method with what was chosen for it, or as it is.
   *
   * @throws IllegalArgumentException if it has no such setting; the message lists those that it has
   */
  BenchmarkMethod applied(BenchmarkMethod method, BenchmarkOperator operator) {
    return choice(operator.name(), method.name())
        .map(choice -> method.with(choice.settings()))
        .orElse(method);
  }

  /**
   * What readers of a benchmark's results should know of the search: for what it has found nothing,
   * and for what there is nothing in the benchmark.
   */
  List<String> notes(BenchmarkConfiguration benchmark) {
    if (choices.isEmpty()) {
      return List.of();
    }
    List<String> operators = benchmark.operators().stream().map(BenchmarkOperator::name).toList();
    List<String> methods = benchmark.methods().stream().map(BenchmarkMethod::name).toList();
    List<String> notSearched =
        methods.stream().flatMap(method -> notSearched(method, operators).stream()).toList();
    List<String> notHere =
        Stream.concat(
                choices.stream().map(Choice::operator).filter(name -> !operators.contains(name)),
                choices.stream().map(Choice::method).filter(name -> !methods.contains(name)))
            .distinct()
            .toList();
    return Stream.of(
            note(
                "Not searched, so at the recommended or the configuration's settings", notSearched),
            note("Searched, but not in this benchmark", notHere))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> note(String what, List<String> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("%s: %s.".formatted(what, String.join("; ", names)));
  }

  /** The method, with those operators for which nothing was found, if there are others. */
  private Optional<String> notSearched(String method, List<String> operators) {
    List<String> without =
        operators.stream().filter(operator -> choice(operator, method).isEmpty()).toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        without.size() == operators.size()
            ? method
            : "%s (%s)".formatted(method, String.join(", ", without)));
  }

  private Optional<Choice> choice(String operator, String method) {
    return choices.stream()
        .filter(choice -> choice.operator().equals(operator))
        .filter(choice -> choice.method().equals(method))
        .findFirst();
  }

  /**
   * Checks that a benchmark's operators were searched, and that its methods have what was chosen.
   *
   * @throws IllegalArgumentException if one was not, or has not; the message says which
   */
  void checkFor(BenchmarkConfiguration benchmark) {
    List<String> searched = choices.stream().map(Choice::operator).distinct().toList();
    for (BenchmarkOperator operator : benchmark.operators()) {
      if (!searched.contains(operator.name())) {
        throw new IllegalArgumentException(
            "there are no settings for the operator \"%s\". There are some for: %s."
                .formatted(operator.name(), String.join(", ", searched)));
      }
      benchmark.methods().forEach(method -> applied(method, operator));
    }
  }
}
