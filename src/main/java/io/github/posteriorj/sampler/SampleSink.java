package io.github.posteriorj.sampler;

/** Takes samples in as they are drawn: whoever needs one later keeps it. */
@FunctionalInterface
public interface SampleSink {

  /**
   * Takes one sample in.
   *
   * @param sample the next sample; samples of several chains come in any order of the chains
   */
  void add(PosteriorSample sample);
}
