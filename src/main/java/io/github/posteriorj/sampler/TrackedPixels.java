package io.github.posteriorj.sampler;

import io.github.posteriorj.diagnostic.EffectiveSampleSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The draws of some pixels, evenly spread over the image: what a run's length is judged by. */
final class TrackedPixels {

  private static final int PIXELS = 64;

  /** The share by which draws must grow until they are judged again. */
  private static final double GROWTH = 1.1;

  private final List<List<float[]>> chains = new ArrayList<>();
  private double latest;
  private int nextJudgement;

  /**
   * Pixels of the images of some chains.
   *
   * @param count how many chains there are
   * @param firstJudgement draws of each after which they are judged first
   */
  TrackedPixels(int count, int firstJudgement) {
    nextJudgement = firstJudgement;
    for (int chain = 0; chain < count; chain++) {
      chains.add(new ArrayList<>());
    }
  }

  /** Takes in the next draw of a chain; the last chain's completes a round. */
  void add(int chain, float[] image) {
    int pixels = Math.min(PIXELS, image.length);
    float[] tracked = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      tracked[i] = image[(int) ((i + 0.5) * image.length / pixels)];
    }
    chains.get(chain).add(tracked);
    int draws = chains.get(chain).size();
    if (chain == chains.size() - 1 && draws >= nextJudgement) {
      nextJudgement = (int) Math.ceil(draws * GROWTH);
      latest = judge(draws);
    }
  }

  /**
   * The median of the pixels' bulk effective sample sizes when they were judged last; 0 while they
   * have too few draws for that.
   */
  double effectiveSampleSize() {
    return latest;
  }

  private double judge(int draws) {
    double[] sizes = new double[chains.get(0).get(0).length];
    for (int pixel = 0; pixel < sizes.length; pixel++) {
      double[][] values = new double[chains.size()][draws];
      for (int chain = 0; chain < values.length; chain++) {
        for (int draw = 0; draw < draws; draw++) {
          values[chain][draw] = chains.get(chain).get(draw)[pixel];
        }
      }
      double size = EffectiveSampleSize.bulk(values);
      sizes[pixel] = Double.isNaN(size) ? 0 : size;
    }
    Arrays.sort(sizes);
    return sizes[sizes.length / 2];
  }
}
