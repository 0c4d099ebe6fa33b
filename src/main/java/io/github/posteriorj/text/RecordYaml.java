package io.github.posteriorj.text;

import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Records as YAML mappings, strictly: every component has its key, and no other key is taken. The
 * key is the component's name in lower case with underscores, {@code stepSize} as {@code
 * step_size}.
 *
 * <pre>{@code
 * record Blur(double psfSigma) implements Model {}
 *
 * RecordYaml yaml = RecordYaml.PLAIN.withKinds(Model.class, Map.of("blur", Blur.class));
 * String text = yaml.write(new Job(new Blur(2), 7)); // model: {kind: blur, psf_sigma: 2.0} ...
 * Job same = yaml.read(Job.class, text, "job.yaml");
 * }</pre>
 *
 * <p>A component is a number, a truth value, a text, a {@link Labelled} enum by its label, another
 * record, an {@link Optional} whose key may be missing, a list of these whose key is missing where
 * it is empty, a map of plain values by texts whose key is missing where it is empty, or an
 * interface of known kinds, which the key {@code kind} tells apart. Numbers read back are the same
 * to the bit.
 */
public final class RecordYaml {

  /** For records without interfaces and without types that are written in their own way. */
  public static final RecordYaml PLAIN = new RecordYaml(Map.of(), Map.of());

  private static final String KIND = "kind";

  /** Lines are not broken before this many characters. */
  private static final int LINE = 100;

  /**
   * Another record that stands for a type where it is written.
   *
   * @param <T> the type
   * @param <R> the record
   */
  public interface Surrogate<T, R extends Record> {

    /** The record that stands for a value. */
    R of(T value);

    /**
     * The value that a record stands for.
     *
     * @throws IOException if it stands for none; the message says why
     */
    T value(R written) throws IOException;
  }

  private record Stand<T, R extends Record>(Class<R> type, Surrogate<T, R> surrogate) {

    @SuppressWarnings("unchecked") // It is asked for its own type only.
    Record of(Object value) {
      return surrogate.of((T) value);
    }

    T value(Object written) throws IOException {
      return surrogate.value(type.cast(written));
    }
  }

  private final Map<Class<?>, Map<String, Class<?>>> kinds;
  private final Map<Class<?>, Stand<?, ?>> stands;

  private RecordYaml(
      Map<Class<?>, Map<String, Class<?>>> kinds, Map<Class<?>, Stand<?, ?>> stands) {
    this.kinds = kinds;
    this.stands = stands;
  }

  /** The same, where an interface stands for records of these kinds. */
  public <T> RecordYaml withKinds(Class<T> type, Map<String, Class<? extends T>> byLabel) {
    Map<Class<?>, Map<String, Class<?>>> more = new LinkedHashMap<>(kinds);
    more.put(type, new LinkedHashMap<>(byLabel));
    return new RecordYaml(more, stands);
  }

  /** The same, where a record stands for a type. */
  public <T, R extends Record> RecordYaml withSurrogate(
      Class<T> type, Class<R> written, Surrogate<T, R> surrogate) {
    Map<Class<?>, Stand<?, ?>> more = new LinkedHashMap<>(stands);
    more.put(type, new Stand<>(written, surrogate));
    return new RecordYaml(kinds, more);
  }

  /** A record as a YAML document. */
  public String write(Record value) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setWidth(LINE);
    return new Yaml(options).dump(tree(value, value.getClass()));
  }

  /**
   * Reads a record.
   *
   * @param text the YAML document
   * @param source what the text is called in messages, such as its file
   * @throws IOException if the text is no YAML, or no such record; the message says where and why
   */
  public <T extends Record> T read(Class<T> type, String text, String source) throws IOException {
    Object tree = tree(text, source);
    try {
      return type.cast(value(type, tree, ""));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
  }

  /**
   * A document as mappings, lists and plain values.
   *
   * @throws IOException if it is no YAML; the message says where and why
   */
  static Object tree(String text, String source) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (YAMLException e) {
      throw new IOException(source + " is no valid YAML: " + e.getMessage(), e);
    }
  }

  /** The components of a record by their keys, as they are written. */
  public Map<String, Object> entries(Record value) {
    return mapping(value, value.getClass());
  }

  /**
   * A record with some components replaced.
   *
   * @param changed what they become, by their keys, as it is written
   * @throws IOException if there is no such key, or the value is none for it; the message says
   *     which
   */
  public <T extends Record> T with(T value, Map<String, Object> changed) throws IOException {
    Map<String, Object> entries = entries(value);
    entries.putAll(changed);
    @SuppressWarnings("unchecked") // A record's class is its type.
    Class<T> type = (Class<T>) value.getClass();
    return type.cast(record(type, entries, ""));
  }

  private Object tree(Object value, Type type) {
    if (value instanceof Optional<?> optional) {
      return optional.map(content -> tree(content, argument(type))).orElse(null);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(element -> tree(element, argument(type))).toList();
    }
    Stand<?, ?> stand = stands.get(type);
    if (stand != null) {
      return mapping(stand.of(value), stand.type());
    }
    if (value instanceof Labelled labelled) {
      return labelled.label();
    }
    return value instanceof Record component ? mapping(component, type) : value;
  }

  private Map<String, Object> mapping(Record value, Type type) {
    Map<String, Object> mapping = new LinkedHashMap<>();
    if (kinds.containsKey(type)) {
      mapping.put(KIND, kindOf(value, kinds.get(type)));
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object tree = tree(get(value, component), component.getGenericType());
      if (tree != null && !tree.equals(List.of()) && !tree.equals(Map.of())) {
        mapping.put(key(component), tree);
      }
    }
    return mapping;
  }

  private static String kindOf(Record value, Map<String, Class<?>> known) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue() == value.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No kind is known for " + value.getClass()))
        .getKey();
  }

  private Object value(Type type, Object tree, String path) throws IOException {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return list(generic, tree, path);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return Collections.unmodifiableMap(entries(tree, path));
    }
    Stand<?, ?> stand = stands.get(type);
    if (stand != null) {
      return stand.value(record(stand.type(), entries(tree, path), path));
    }
    Class<?> plain = (Class<?>) type;
    if (kinds.containsKey(plain)) {
      return ofKind(plain, tree, path);
    }
    if (plain.isRecord()) {
      return record(plain, entries(tree, path), path);
    }
    if (plain.isEnum()) {
      return constant(plain, tree, path);
    }
    return plain(MethodType.methodType(plain).unwrap().returnType(), tree, path);
  }

  private List<Object> list(ParameterizedType type, Object tree, String path) throws IOException {
    if (!(tree instanceof List<?> list)) {
      throw new IOException(path + " must be a list; it is " + shown(tree) + ".");
    }
    List<Object> values = new ArrayList<>();
    for (Object element : list) {
      values.add(value(argument(type), element, path + "[" + values.size() + "]"));
    }
    return List.copyOf(values);
  }

  private Object ofKind(Class<?> type, Object tree, String path) throws IOException {
    Map<String, Object> entries = entries(tree, path);
    Object kind = entries.remove(KIND);
    Class<?> found = kinds.get(type).get(String.valueOf(kind));
    if (found == null) {
      throw new IOException(
          "%s has no kind \"%s\". Its kinds are: %s."
              .formatted(path, kind, String.join(", ", kinds.get(type).keySet())));
    }
    return record(found, entries, path);
  }

  private Object record(Class<?> type, Map<String, Object> entries, String path)
      throws IOException {
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = Arrays.stream(components).map(RecordYaml::key).toList();
    for (String key : entries.keySet()) {
      if (!keys.contains(key)) {
        throw new IOException(
            "there is no key \"%s\"%s. The keys are: %s."
                .formatted(key, path.isEmpty() ? "" : " in " + path, String.join(", ", keys)));
      }
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(components[i], entries.get(keys.get(i)), inside(path, keys.get(i)));
    }
    return create(type, values, path);
  }

  private Object component(RecordComponent component, Object tree, String path) throws IOException {
    if (component.getType() == Optional.class) {
      return tree == null
          ? Optional.empty()
          : Optional.of(value(argument(component.getGenericType()), tree, path));
    }
    if (tree == null && component.getType() == List.class) {
      return List.of();
    }
    if (tree == null && component.getType() == Map.class) {
      return Map.of();
    }
    if (tree == null) {
      throw new IOException("the key \"" + path + "\" is missing.");
    }
    return value(component.getGenericType(), tree, path);
  }

  private static Object create(Class<?> type, Object[] values, String path) throws IOException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new IOException((path.isEmpty() ? "" : path + ": ") + refused.getMessage(), refused);
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object constant(Class<?> type, Object tree, String path) throws IOException {
    for (Object constant : type.getEnumConstants()) {
      if (((Labelled) constant).label().equals(tree)) {
        return constant;
      }
    }
    throw new IOException(
        "%s has no choice %s. Its choices are: %s."
            .formatted(
                path,
                shown(tree),
                Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Labelled) constant).label())
                    .collect(Collectors.joining(", "))));
  }

  private static Object plain(Class<?> type, Object tree, String path) throws IOException {
    if (type == String.class && !(tree instanceof Map || tree instanceof List)) {
      return String.valueOf(tree);
    }
    if (type == boolean.class && tree instanceof Boolean) {
      return tree;
    }
    if (type == double.class && tree instanceof Number number) {
      return number.doubleValue();
    }
    boolean whole = tree instanceof Integer || tree instanceof Long;
    if (type == long.class && whole) {
      return ((Number) tree).longValue();
    }
    if (type == int.class && tree instanceof Integer) {
      return tree;
    }
    String wanted =
        type == boolean.class
            ? "true or false"
            : type == String.class
                ? "a text"
                : type == double.class ? "a number" : "a whole number";
    throw new IOException(path + " must be " + wanted + "; it is " + shown(tree) + ".");
  }

  private static Map<String, Object> entries(Object tree, String path) throws IOException {
    if (!(tree instanceof Map<?, ?> map)) {
      throw new IOException(
          (path.isEmpty() ? "the document" : path)
              + " must hold keys and values; it is "
              + shown(tree)
              + ".");
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(String.valueOf(key), value));
    return entries;
  }

  private static String shown(Object tree) {
    return tree == null ? "empty" : "\"" + tree + "\"";
  }

  /** Where a key of a mapping stands in the whole. */
  static String inside(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Object get(Record value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
