package io.github.posteriorj.restoration;

/** Takes restored images in as they are drawn; only a sink whose result they are keeps them. */
@FunctionalInterface
public interface ImageSink {

  /** Takes no notice. */
  ImageSink NONE = image -> {};

  /**
   * Takes one image in.
   *
   * @param image the next one
   */
  void add(RestoredImage image);
}
