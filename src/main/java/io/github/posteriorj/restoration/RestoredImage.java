package io.github.posteriorj.restoration;

import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.tensor.ImageSize;

/**
 * A sample in the measurement's units.
 *
 * @param sample as it was drawn, in the model's range
 * @param intensities its image, [C, H, W], in the measurement's units; whoever takes it in does not
 *     change it
 * @param size the image's
 * @param prediction A of it, in the order of the measurement's values
 * @param misfit how far its prediction is from the measurement ({@link
 *     io.github.posteriorj.likelihood.Likelihood#misfit})
 */
public record RestoredImage(
    PosteriorSample sample,
    float[] intensities,
    ImageSize size,
    float[] prediction,
    double misfit) {}
