package io.github.posteriorj.job;

import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.tensor.ComputeDevice;
import java.util.Optional;

/**
 * What a {@link ForwardModel} may look at to make an instrument.
 *
 * @param plane the measurement
 * @param range the intensities that were given for the sharp image, if any were
 * @param seed the seed of what is random in an instrument
 * @param device where networks run
 * @param resources where networks are found
 */
public record Scene(
    MeasuredPlane plane,
    Optional<IntensityRange> range,
    long seed,
    ComputeDevice device,
    Resources resources) {}
