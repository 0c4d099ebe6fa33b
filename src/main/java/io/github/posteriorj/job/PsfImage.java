package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.PointSpreadFunction;

/**
 * A blur by the point spread function, or the path of a motion, that an image shows.
 *
 * @param psf the image, its background at 0
 */
public record PsfImage(NamedPlane psf) implements ForwardModel {

  @Override
  public Instrument instrument(Scene scene) {
    return Instrument.of(
        this,
        new MirroredConvolution(PointSpreadFunction.of(psf.values(), psf.width(), psf.height())),
        scene);
  }

  @Override
  public int reach(MeasuredPlane plane) {
    return Math.max(psf.width(), psf.height()) / 2;
  }
}
