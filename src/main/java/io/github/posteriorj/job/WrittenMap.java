package io.github.posteriorj.job;

import io.github.posteriorj.ensemble.MapWords;
import io.github.posteriorj.ensemble.PosteriorMap;
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
          return MapWords.parse(written.map()).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("A map has no words."));
        }
      };
}
