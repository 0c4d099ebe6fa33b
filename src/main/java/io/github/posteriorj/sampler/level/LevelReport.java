package io.github.posteriorj.sampler.level;

/**
 * What a run at a level did.
 *
 * @param samples samples drawn, each by a chain of its own
 * @param level rho
 * @param stepSize the step of the chains that needed the shortest one
 * @param evaluations evaluations of the target's gradient a sample
 * @param passes forward passes through a network a sample; a gradient counts as three
 */
public record LevelReport(
    int samples, double level, double stepSize, int evaluations, int passes) {}
