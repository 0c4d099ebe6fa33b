package io.github.posteriorj.benchmark;

/**
 * How far all samples of one method and operator are, as a set, from all truths.
 *
 * @param frechet the distance of normal distributions (FID)
 * @param kernel the squared maximum mean discrepancy (KID)
 * @param rows how many rows of features the samples have
 */
record SetDistance(double frechet, double kernel, int rows) {}
