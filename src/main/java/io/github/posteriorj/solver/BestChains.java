package io.github.posteriorj.solver;

import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.sampler.SampleSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds samples back until all chains have ended, and passes on those of the best chains, by their
 * mean negative log-likelihood. Which ones these are is not known before.
 */
final class BestChains implements SampleSink {

  private final int count;
  private final List<PosteriorSample> drawn = new ArrayList<>();

  /** The best ones, as many as are given. */
  BestChains(int count) {
    this.count = count;
  }

  @Override
  public void add(PosteriorSample sample) {
    drawn.add(sample);
  }

  /** Passes the samples on, with the best chain as the first; returns how many there are. */
  int release(SampleSink sink) {
    List<Integer> ranked =
        drawn.stream()
            .collect(
                Collectors.groupingBy(
                    PosteriorSample::chain,
                    Collectors.averagingDouble(PosteriorSample::negativeLogLikelihood)))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByValue())
            .limit(count)
            .map(Map.Entry::getKey)
            .toList();
    List<PosteriorSample> kept =
        drawn.stream()
            .filter(sample -> ranked.contains(sample.chain()))
            .map(sample -> sample.ofChain(ranked.indexOf(sample.chain())))
            .toList();
    kept.forEach(sink::add);
    return kept.size();
  }
}
