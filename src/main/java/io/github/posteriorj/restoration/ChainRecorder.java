package io.github.posteriorj.restoration;

import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import io.github.posteriorj.sampler.PosteriorSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Sorts samples by their chains, and diagnoses them. It keeps the images it is given. */
final class ChainRecorder {

  private record Draw(float[] image, double meanIntensity, double misfit, double squaredNoise) {}

  private final List<List<Draw>> chains = new ArrayList<>();

  /**
   * Takes a sample in.
   *
   * @param sample a sample
   * @param image its image in the measurement's units
   */
  void add(PosteriorSample sample, float[] image) {
    while (chains.size() <= sample.chain()) {
      chains.add(new ArrayList<>());
    }
    double sum = 0;
    for (float pixel : image) {
      sum += pixel;
    }
    chains
        .get(sample.chain())
        .add(new Draw(image, sum / image.length, sample.misfit(), sample.squaredNoise()));
  }

  /** Diagnoses the first samples of all chains, as many as the shortest chain has. */
  SamplingDiagnostics diagnose() {
    int length = chains.stream().mapToInt(List::size).min().orElseThrow();
    List<List<Draw>> equal = chains.stream().map(chain -> chain.subList(0, length)).toList();
    float[][][] images =
        equal.stream()
            .map(chain -> chain.stream().map(Draw::image).toArray(float[][]::new))
            .toArray(float[][][]::new);
    return new SamplingDiagnostics(
        length,
        diagnose(equal, Draw::meanIntensity),
        diagnose(equal, draw -> -draw.misfit()),
        diagnose(equal, Draw::squaredNoise),
        PixelDiagnostics.of(images));
  }

  private static ChainDiagnostics diagnose(
      List<List<Draw>> chains, ToDoubleFunction<Draw> functional) {
    return ChainDiagnostics.of(
        chains.stream()
            .map(chain -> chain.stream().mapToDouble(functional).toArray())
            .toArray(double[][]::new));
  }
}
