package io.github.posteriorj.sampler.level;

import java.util.Optional;

/**
 * What a run at a level did.
 *
 * @param samples samples drawn, each by a chain of its own
 * @param level rho
 * @param stepSize the step size
 * @param halved chains that blew up at this step size, and walked again with half of it, or less
 * @param passes forward passes through a network that a sample took; a gradient counts as three
 * @param comparison of the walks' halves; empty where chains are too few, or walks too short, to
 *     tell
 */
public record LevelReport(
    int samples,
    double level,
    double stepSize,
    int halved,
    int passes,
    Optional<WalkComparison> comparison) {}
