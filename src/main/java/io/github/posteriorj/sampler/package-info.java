/**
 * The posterior in noise space and what walks in it: warm starts, integrators, online summaries.
 */
package io.github.posteriorj.sampler;
