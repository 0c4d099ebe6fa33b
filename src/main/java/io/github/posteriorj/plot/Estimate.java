package io.github.posteriorj.plot;

/**
 * A number with its error.
 *
 * @param mean the number
 * @param error half the length of its error bar, 0 or more
 */
public record Estimate(double mean, double error) {}
