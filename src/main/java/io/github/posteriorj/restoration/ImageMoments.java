package io.github.posteriorj.restoration;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.image.IntensityScale;
import io.github.posteriorj.sampler.OnlineMoments;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Mean and variance of images, and the mean of their misfits, in constant memory. They are taken in
 * the model's range, where the intensities' offset cannot drown the differences.
 */
final class ImageMoments implements ImageSink {

  private final IntensityScale scale;
  private final Shape shape;
  private final OnlineMoments pixels;
  private final OnlineMoments misfits = new OnlineMoments(1);

  /**
   * Moments of no image yet.
   *
   * @param scale from the model's range to intensities
   * @param shape the images', [C, H, W]
   */
  ImageMoments(IntensityScale scale, Shape shape) {
    this.scale = scale;
    this.shape = shape;
    this.pixels = new OnlineMoments(Math.toIntExact(shape.size()));
  }

  @Override
  public void add(RestoredImage image) {
    pixels.add(image.sample().image());
    misfits.add(new float[] {(float) image.misfit()});
  }

  /** X, Y, in colour X, Y, channel. */
  RandomAccessibleInterval<FloatType> mean() {
    return SampleStack.stack(List.of(scale.toIntensity(pixels.mean())), shape);
  }

  /** The same of the variance (unbiased), in squared units. */
  RandomAccessibleInterval<FloatType> variance() {
    return SampleStack.stack(List.of(scale.toIntensityVariance(pixels.variance())), shape);
  }

  double misfit() {
    return misfits.mean()[0];
  }
}
