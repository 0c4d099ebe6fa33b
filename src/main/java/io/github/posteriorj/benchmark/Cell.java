package io.github.posteriorj.benchmark;

/**
 * One run of a benchmark.
 *
 * @param image the truth's name
 * @param operator the operator's name
 * @param method the method's name
 */
record Cell(String image, String operator, String method) {}
