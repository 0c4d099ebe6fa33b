package io.github.posteriorj.restoration;

import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.diagnostic.PixelDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Sorts images by their chains, and diagnoses them. It keeps numbers, and no images. */
final class ChainRecorder implements ImageSink {

  /** An image by its place in the order of all, and the numbers that are judged. */
  private record Draw(
      int index, double meanIntensity, double negativeLogLikelihood, double squaredLatent) {}

  private final List<List<Draw>> chains = new ArrayList<>();
  private int count;

  @Override
  public void add(RestoredImage image) {
    while (chains.size() <= image.sample().chain()) {
      chains.add(new ArrayList<>());
    }
    double sum = 0;
    for (float pixel : image.intensities()) {
      sum += pixel;
    }
    chains
        .get(image.sample().chain())
        .add(
            new Draw(
                count++,
                sum / image.intensities().length,
                image.sample().negativeLogLikelihood(),
                image.sample().squaredLatent()));
  }

  /** How many chains there are. */
  int chains() {
    return chains.size();
  }

  /**
   * Diagnoses the first samples of all chains, as many as the shortest chain has.
   *
   * @param images all images, in the order in which they came
   */
  SamplingDiagnostics diagnose(List<float[]> images) {
    int length = chains.stream().mapToInt(List::size).min().orElseThrow();
    List<List<Draw>> equal = chains.stream().map(chain -> chain.subList(0, length)).toList();
    return new SamplingDiagnostics(
        length,
        diagnose(equal, Draw::meanIntensity),
        diagnose(equal, draw -> -draw.negativeLogLikelihood()),
        diagnose(equal, Draw::squaredLatent),
        PixelDiagnostics.of(
            equal.stream()
                .map(
                    chain ->
                        chain.stream()
                            .map(draw -> images.get(draw.index()))
                            .toArray(float[][]::new))
                .toArray(float[][][]::new)));
  }

  private static ChainDiagnostics diagnose(
      List<List<Draw>> chains, ToDoubleFunction<Draw> functional) {
    return ChainDiagnostics.of(
        chains.stream()
            .map(chain -> chain.stream().mapToDouble(functional).toArray())
            .toArray(double[][]::new));
  }
}
