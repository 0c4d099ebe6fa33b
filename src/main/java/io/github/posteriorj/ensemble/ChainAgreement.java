package io.github.posteriorj.ensemble;

import io.github.posteriorj.diagnostic.PixelDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * R-hat of each pixel: 1 where the chains agree, larger where they do not ({@link
 * io.github.posteriorj.diagnostic.ChainDiagnostics#rHat}). It is of ranks, so that it keeps the
 * images, of which the shortest chain tells how many count.
 */
public record ChainAgreement() implements PosteriorMap {

  static final String WORDS = "R-hat";

  private static final int FEWEST_DRAWS = 4;

  @Override
  public String words() {
    return WORDS;
  }

  @Override
  public PixelStatistic begin() {
    return new PixelStatistic() {
      private final List<List<float[]>> chains = new ArrayList<>();

      @Override
      public void add(float[] image, int chain) {
        while (chains.size() <= chain) {
          chains.add(new ArrayList<>());
        }
        chains.get(chain).add(image);
      }

      @Override
      public float[] values() {
        int length = chains.stream().mapToInt(List::size).min().orElseThrow();
        return PixelDiagnostics.of(
                chains.stream()
                    .map(draws -> draws.subList(0, length).toArray(float[][]::new))
                    .toArray(float[][][]::new))
            .rHat();
      }
    };
  }

  @Override
  public Optional<String> doubt(int samples, int chains) {
    return samples / chains >= FEWEST_DRAWS
        ? Optional.empty()
        : Optional.of(
            "The map of R-hat is empty: it needs %d samples of each chain, not %d."
                .formatted(FEWEST_DRAWS, samples / chains));
  }
}
