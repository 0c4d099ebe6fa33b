package io.github.posteriorj.job;

import io.github.posteriorj.restoration.IntensityRange;
import java.io.IOException;
import java.util.Optional;

/**
 * A blur by a network that takes images in [-1, 1] and returns images of the same size. It hardly
 * changes the range of intensities: unless that is given, it is the measurement's own.
 *
 * @param network the network
 * @param code the number of its random code: another code, another blur
 */
public record NetworkBlurring(NetworkChoice network, long code) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) throws IOException {
    IntensityRange range =
        scene.range().orElseGet(() -> IntensityRange.of(scene.plane().measurement()));
    NetworkChoice.Opened opened = network.open(scene.resources(), scene.device(), code);
    return new Instrument(
        new NetworkBlurring(opened.bound(), code),
        ScaledNetwork.imageToImage(opened.operator(), range),
        scene.plane().measurement(),
        Optional.empty(),
        Optional.of(range),
        opened.operator()::close);
  }
}
