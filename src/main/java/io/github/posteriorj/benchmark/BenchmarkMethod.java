package io.github.posteriorj.benchmark;

import io.github.posteriorj.solver.Method;
import io.github.posteriorj.solver.MethodSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A method that restores the measurements.
 *
 * @param name what it is called in tables
 * @param method its kind, one of {@link MethodSettings#kinds}
 * @param settings those that are not the recommended ones, by their macro keys
 * @param tune settings to be searched for, each with the list of its values ({@link TunedSettings})
 * @param samples how many it draws of a measurement, where it is another number than the others'
 */
public record BenchmarkMethod(
    String name,
    String method,
    Map<String, Object> settings,
    Map<String, Object> tune,
    Optional<Integer> samples) {

  /**
   * Checks the method.
   *
   * @throws IllegalArgumentException if there is no such method, or it has no such setting, or
   *     there is nothing to search; the message says what there is
   */
  public BenchmarkMethod {
    tune.forEach(BenchmarkMethod::checkSearched);
    if (samples.isPresent() && samples.get() < 1) {
      throw new IllegalArgumentException(
          "samples must be 1 or more, not %d.".formatted(samples.get()));
    }
    for (Map<String, Object> searched : combinations(tune)) {
      check(method, joined(settings, searched));
    }
  }

  private static void checkSearched(String setting, Object values) {
    if (!(values instanceof List<?> list) || list.isEmpty()) {
      throw new IllegalArgumentException(
          "tune must have a list of values for \"%s\", such as [0.1, 0.3], not %s."
              .formatted(setting, values));
    }
  }

  private static void check(String method, Map<String, Object> settings) {
    Method standard = MethodSettings.standard(method);
    List<String> unknown = MethodSettings.unknown(standard, settings);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "The method \"%s\" has no setting \"%s\". Its settings are: %s."
              .formatted(
                  method, unknown.get(0), String.join(", ", MethodSettings.of(standard).keySet())));
    }
    MethodSettings.with(standard, settings);
  }

  /** The method with its settings. */
  Method chosen() {
    return MethodSettings.with(MethodSettings.standard(method), settings);
  }

  /** The same with other values of some settings. */
  BenchmarkMethod with(Map<String, Object> more) {
    return new BenchmarkMethod(name, method, joined(settings, more), tune, samples);
  }

  /**
   * The methods that a search compares, one for each combination of the values, named by them; the
   * method itself where there is nothing to search.
   */
  List<BenchmarkMethod> candidates() {
    return combinations(tune).stream().map(this::candidate).toList();
  }

  private BenchmarkMethod candidate(Map<String, Object> searched) {
    String values =
        searched.entrySet().stream()
            .map(setting -> "; " + setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining());
    return new BenchmarkMethod(
        name + values, method, joined(settings, searched), Map.of(), samples);
  }

  /** The values of a candidate's settings that were searched. */
  Map<String, Object> searched(BenchmarkMethod candidate) {
    Map<String, Object> searched = new LinkedHashMap<>(candidate.settings());
    searched.keySet().retainAll(tune.keySet());
    return searched;
  }

  private static List<Map<String, Object>> combinations(Map<String, Object> tune) {
    List<Map<String, Object>> combinations = List.of(Map.of());
    for (Map.Entry<String, Object> setting : tune.entrySet()) {
      List<?> values = (List<?>) setting.getValue();
      combinations =
          combinations.stream()
              .flatMap(
                  some ->
                      values.stream().map(value -> joined(some, Map.of(setting.getKey(), value))))
              .toList();
    }
    return combinations;
  }

  private static Map<String, Object> joined(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }
}
