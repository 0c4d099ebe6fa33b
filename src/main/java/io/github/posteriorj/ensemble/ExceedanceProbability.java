package io.github.posteriorj.ensemble;

/**
 * The probability that the sharp image is brighter than a threshold: the share of samples that are.
 *
 * @param threshold in the images' unit
 */
public record ExceedanceProbability(double threshold) implements PosteriorMap {

  static final String WORDS = "above";

  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException if it is no number
   */
  public ExceedanceProbability {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("A threshold must be a number, not " + threshold + ".");
    }
  }

  @Override
  public String words() {
    return MapWords.words(WORDS, threshold);
  }

  @Override
  public PixelStatistic begin() {
    return new PixelStatistic() {
      private int[] above;
      private int count;

      @Override
      public void add(float[] image, int chain) {
        if (above == null) {
          above = new int[image.length];
        }
        count++;
        for (int i = 0; i < above.length; i++) {
          above[i] += image[i] > threshold ? 1 : 0;
        }
      }

      @Override
      public float[] values() {
        float[] shares = new float[above.length];
        for (int i = 0; i < shares.length; i++) {
          shares[i] = above[i] / (float) count;
        }
        return shares;
      }
    };
  }
}
