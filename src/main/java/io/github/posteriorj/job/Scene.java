package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.restoration.IntensityRange;
import io.github.posteriorj.tensor.ComputeDevice;
import java.util.Optional;

/**
 * What a {@link ForwardModel} may look at to make an instrument.
 *
 * @param plane the measurement
 * @param light the light's pattern by which the sharp image is multiplied, if it is not even
 * @param background intensity that is added to the measurement
 * @param range the intensities that were given for the sharp image, if any were
 * @param seed the seed of what is random in an instrument
 * @param device where networks run
 * @param resources where networks are found
 */
public record Scene(
    MeasuredPlane plane,
    Optional<NamedPlane> light,
    double background,
    Optional<IntensityRange> range,
    long seed,
    ComputeDevice device,
    Resources resources) {}
