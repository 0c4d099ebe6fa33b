package io.github.posteriorj.benchmark;

import io.github.posteriorj.job.JobYaml;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.solver.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that decides the results of a benchmark, as it stands beside them.
 *
 * @param benchmark what is run
 * @param tuned what a search has found for it
 * @param methods with all their settings, but for what a search has found
 * @param hashes those of the images
 * @param networks those of the networks
 */
record Claim(
    BenchmarkConfiguration benchmark,
    List<TunedSettings.Choice> tuned,
    List<CompleteMethod> methods,
    List<ImageHash> hashes,
    List<NetworkHash> networks) {

  /**
   * A method with all its settings, those that are recommended, too.
   *
   * @param name what it is called in tables
   * @param settings the method
   */
  record CompleteMethod(String name, Method settings) {}

  /** An image by the hash of the values that are used. */
  record ImageHash(String image, String sha256) {}

  /**
   * A network by the hash of its file.
   *
   * @param network what it is there for, for people
   */
  record NetworkHash(String network, String sha256) {}

  /**
   * Reads what a folder of results holds.
   *
   * @param resources where large planes are found, which are not in the text
   * @param source what the text is called in messages
   * @throws IOException if it is none; the message says why
   */
  static Claim read(String text, Resources resources, String source) throws IOException {
    return JobYaml.of(resources).read(Claim.class, text, source);
  }

  /** As YAML. */
  String write() {
    return JobYaml.plain().write(this);
  }

  /** What is another one here than in earlier results, for people; nothing if all is the same. */
  List<String> differences(Claim earlier) {
    List<String> differences = new ArrayList<>();
    if (!benchmark.equals(earlier.benchmark)) {
      differences.add("the configuration");
    }
    if (!tuned.equals(earlier.tuned)) {
      differences.add("the settings that a search has found");
    }
    add(differences, "the settings of ", CompleteMethod::name, methods, earlier.methods);
    add(differences, "the image ", ImageHash::image, hashes, earlier.hashes);
    add(differences, "the network of ", NetworkHash::network, networks, earlier.networks);
    return differences;
  }

  private static <T> void add(
      List<String> differences,
      String what,
      Function<T, String> name,
      List<T> here,
      List<T> earlier) {
    String names =
        Stream.concat(
                here.stream().filter(each -> !earlier.contains(each)),
                earlier.stream().filter(each -> !here.contains(each)))
            .map(name)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      differences.add(what + names);
    }
  }
}
