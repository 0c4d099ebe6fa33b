package io.github.posteriorj.restoration;

import io.github.posteriorj.sampler.PosteriorSample;

/**
 * A sample in the measurement's units.
 *
 * @param sample as it was drawn, in the model's range
 * @param intensities its image, [C, H, W], in the measurement's units; whoever takes it in does not
 *     change it
 * @param prediction A of it, in the order of the measurement's values
 * @param misfit how far its prediction is from the measurement ({@link
 *     io.github.posteriorj.likelihood.Likelihood#misfit})
 */
public record RestoredImage(
    PosteriorSample sample, float[] intensities, float[] prediction, double misfit) {}
