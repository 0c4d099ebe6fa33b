package io.github.posteriorj.benchmark;

/**
 * How a benchmark went.
 *
 * @param run cells that were run
 * @param before cells that an earlier run had done
 * @param without cells of both that have no samples: not allowed, or failed
 */
public record BenchmarkReport(int run, int before, long without) {}
