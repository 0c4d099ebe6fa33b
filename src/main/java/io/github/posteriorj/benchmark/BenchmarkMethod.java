package io.github.posteriorj.benchmark;

import io.github.posteriorj.solver.Method;
import io.github.posteriorj.solver.MethodSettings;
import java.util.List;
import java.util.Map;

/**
 * A method that restores the measurements.
 *
 * @param name what it is called in tables
 * @param method its kind, one of {@link MethodSettings#kinds}
 * @param settings those that are not the recommended ones, by their macro keys
 */
public record BenchmarkMethod(String name, String method, Map<String, Object> settings) {

  /**
   * Checks the method.
   *
   * @throws IllegalArgumentException if there is no such method, or it has no such setting; the
   *     message lists those that there are
   */
  public BenchmarkMethod {
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
}
