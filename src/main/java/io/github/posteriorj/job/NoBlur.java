package io.github.posteriorj.job;

import io.github.posteriorj.operator.Identity;

/** An instrument that changes nothing: its images are noisy only. */
public record NoBlur() implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(this, new Identity(), scene);
  }
}
