package io.github.posteriorj.solver;

import io.github.posteriorj.text.RecordYaml;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods that there are, and their settings, by their names in YAML and in macros. */
public final class MethodSettings {

  private static final Map<String, Method> STANDARD = new LinkedHashMap<>();

  static {
    STANDARD.put(
        "automatic", new Automatic(LevelLangevin.standard(), NoiseSpaceLangevin.standard()));
    STANDARD.put("noise-space Langevin", NoiseSpaceLangevin.standard());
    STANDARD.put("noise-space Langevin at a level", LevelLangevin.standard());
    STANDARD.put("split Gibbs", SplitGibbsSampling.standard());
    STANDARD.put("N-HMC", NoiseSpaceHamiltonian.standard());
    STANDARD.put("DPS", DiffusionPosteriorSampling.standard());
    STANDARD.put("LGD", LossGuidedDiffusion.standard());
    STANDARD.put("MPGD", ManifoldPreservingGuidance.standard());
    STANDARD.put("FreeDoM", FreeDom.standard());
    STANDARD.put("CM-guided DPS", ConsistencyGuidedDiffusion.standard());
    STANDARD.put("CM inversion", ConsistencyInversion.standard());
    STANDARD.put("CMEdit", ConsistencyEditing.standard());
    STANDARD.put("LATINO", Latino.standard());
    STANDARD.put("Richardson-Lucy", RichardsonLucy.standard());
    STANDARD.put("Richardson-Lucy TV", RichardsonLucyTv.standard());
    STANDARD.put("Wiener", WienerFilter.standard());
  }

  private MethodSettings() {}

  /** Reads and writes what a form does, and methods by their kind. */
  public static RecordYaml in(RecordYaml form) {
    Map<String, Class<? extends Method>> kinds = new LinkedHashMap<>();
    STANDARD.forEach((kind, method) -> kinds.put(kind, method.getClass()));
    return form.withKinds(Method.class, kinds);
  }

  /** The names of all kinds of methods. */
  public static List<String> kinds() {
    return List.copyOf(STANDARD.keySet());
  }

  /**
   * The method of a kind, with the settings that are recommended.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Method standard(String kind) {
    Method method = STANDARD.get(kind);
    if (method == null) {
      throw new IllegalArgumentException(
          "There is no method \"%s\". Use one of: %s."
              .formatted(kind, String.join(", ", STANDARD.keySet())));
    }
    return method;
  }

  /** A method's kind, for people. */
  public static String kind(Method method) {
    return STANDARD.entrySet().stream()
        .filter(kind -> kind.getValue().getClass() == method.getClass())
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

  /** The recommended settings of all methods; of those that several have, the first one's. */
  public static Map<String, Object> recommended() {
    Map<String, Object> settings = new LinkedHashMap<>();
    STANDARD.values().forEach(method -> of(method).forEach(settings::putIfAbsent));
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
