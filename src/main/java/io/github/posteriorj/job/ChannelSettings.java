package io.github.posteriorj.job;

import io.github.posteriorj.restoration.NoiseModel;

/**
 * What a channel of an image has of its own.
 *
 * @param forwardModel the instrument's operator
 * @param noise what is known of the noise
 */
public record ChannelSettings(ForwardModel forwardModel, NoiseModel noise) {}
