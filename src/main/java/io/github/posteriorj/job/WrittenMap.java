package io.github.posteriorj.job;

import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.ensemble.PosteriorMaps;
import io.github.posteriorj.text.RecordYaml.Surrogate;

/**
 * A map as it stands in a job.
 *
 * @param map its {@linkplain PosteriorMap#words() words}
 */
record WrittenMap(String map) {

  static final Surrogate<PosteriorMap, WrittenMap> FORM =
      new Surrogate<>() {
        @Override
        public WrittenMap of(PosteriorMap value) {
          return new WrittenMap(value.words());
        }

        @Override
        public PosteriorMap value(WrittenMap written) {
          return PosteriorMaps.parse(written.map()).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("A map has no words."));
        }
      };
}
