package io.github.posteriorj.solver;

import io.github.posteriorj.text.RecordYaml;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of methods, by their names in YAML. */
public final class MethodSettings {

  private static final Map<String, Class<? extends Method>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("automatic", Automatic.class);
    KINDS.put("noise-space Langevin", NoiseSpaceLangevin.class);
    KINDS.put("noise-space Langevin at a level", LevelLangevin.class);
  }

  private MethodSettings() {}

  /** Reads and writes what a form does, and methods by their kind. */
  public static RecordYaml in(RecordYaml form) {
    return form.withKinds(Method.class, KINDS);
  }

  /** A method's kind, for people. */
  public static String kind(Method method) {
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getValue() == method.getClass())
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** All settings of a method, by their names; of those that solvers share, the first one's. */
  public static Map<String, Object> of(Method method) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Solver solver : method.solvers()) {
      RecordYaml.PLAIN.entries((Record) solver).forEach(settings::putIfAbsent);
    }
    return settings;
  }

  /** Those settings of some that a method has not. */
  public static List<String> unknown(Method method, Map<String, Object> some) {
    Map<String, Object> known = of(method);
    return some.keySet().stream().filter(name -> !known.containsKey(name)).toList();
  }

  /**
   * A method with other settings; where it chooses among solvers and not all have these settings,
   * the preferred one of those that have.
   *
   * @param changed other values, by the settings' names
   * @throws IllegalArgumentException if no solver has all of them, or a value is not allowed; the
   *     message says which
   */
  public static Method with(Method method, Map<String, Object> changed) {
    List<Solver> fitting =
        method.solvers().stream().filter(solver -> unknown(solver, changed).isEmpty()).toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException(
          ("No method has all of these settings: %s. Leave some out: gibbs_sweeps, level_steps and"
                  + " steps_between are for chains at a level alone.")
              .formatted(String.join(", ", changed.keySet())));
    }
    return fitting.size() == method.solvers().size()
        ? method.mapped(solver -> changed(solver, changed))
        : changed(fitting.get(0), changed);
  }

  private static Solver changed(Solver solver, Map<String, Object> changed) {
    try {
      return (Solver) RecordYaml.PLAIN.with((Record) solver, changed);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
