package io.github.posteriorj.sampler.level;

/**
 * What independent chains showed early in their walks against what they showed in the end: whether
 * longer walks would give other samples.
 *
 * @param chains how many there were
 * @param shift by how many standard deviations the means of the image's regions moved, root mean
 *     square; of the order of the root of 1 / chains if nothing but chance moves them
 * @param spread how many times wider the regions' distributions became, geometric mean
 * @param pValue the probability of differences at least as large for chains at rest
 */
public record WalkComparison(int chains, double shift, double spread, double pValue) {}
