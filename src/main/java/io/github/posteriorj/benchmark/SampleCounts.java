package io.github.posteriorj.benchmark;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many samples of each measurement are asked for.
 *
 * @param usual of methods that have no number of their own
 * @param own of the others, by their names
 */
record SampleCounts(int usual, Map<String, Integer> own) {

  /** Those of a benchmark. */
  static SampleCounts of(BenchmarkConfiguration benchmark) {
    return new SampleCounts(
        benchmark.samples(),
        benchmark.methods().stream()
            .flatMap(method -> method.candidates().stream())
            .filter(method -> method.samples().isPresent())
            .collect(
                Collectors.toMap(BenchmarkMethod::name, method -> method.samples().orElseThrow())));
  }

  /** Those of a method. */
  int of(String method) {
    return own.getOrDefault(method, usual);
  }
}
