package io.github.posteriorj.job;

import io.github.posteriorj.restoration.IntensityRange;
import java.io.IOException;
import java.util.Optional;

/**
 * A blur by a network that takes images in [-1, 1] and returns images of the same size. It hardly
 * changes the range of intensities: unless that is given, it is the measurement's own, without the
 * background and the light's mean strength.
 *
 * @param network the network
 * @param code the number of its random code: another code, another blur
 */
public record NetworkBlurring(NetworkChoice network, long code) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) throws IOException {
    double strength = scene.light().map(ScaledNetwork::strength).orElse(1.0);
    IntensityRange range =
        scene
            .range()
            .orElseGet(
                () ->
                    IntensityRange.of(scene.plane().measurement())
                        .mapped(1 / strength, -scene.background() / strength));
    NetworkChoice.Opened opened = network.open(scene.resources(), scene.device(), code);
    return new Instrument(
        new NetworkBlurring(opened.bound(), code),
        ScaledNetwork.blur(opened.operator(), range.mapped(strength, 0)),
        scene.plane().measurement(),
        Optional.empty(),
        Optional.of(range),
        opened.operator()::close);
  }
}
