package io.github.posteriorj.sampler.level;

import java.util.OptionalDouble;

/**
 * What a run at a level did.
 *
 * @param samples samples drawn, each by a chain of its own
 * @param level rho
 * @param stepSize the step size
 * @param halved chains that blew up at this step size, and walked again with half of it, or less
 * @param passes forward passes through a network that a sample took; a gradient counts as three
 * @param shift by how many standard deviations the means of regions moved in the second half of the
 *     walks, root mean square; NaN if the walks were too short to tell
 * @param spread how many times wider the samples became in the second half of the walks; NaN if the
 *     walks were too short to tell
 * @param restProbability the probability that chains at rest show such a shift and spread, or a
 *     larger one: below 0.01 a longer walk would give other samples; empty if the walks were too
 *     short, or the chains too few, to tell
 */
public record LevelReport(
    int samples,
    double level,
    double stepSize,
    int halved,
    int passes,
    double shift,
    double spread,
    OptionalDouble restProbability) {}
