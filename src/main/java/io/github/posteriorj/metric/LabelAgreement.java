package io.github.posteriorj.metric;

/**
 * How well a network's logits agree with labels: one for the image, or one for each of its pixels.
 *
 * @param crossEntropy mean over the positions of -ln softmax(logits) at the label, in nats
 * @param accuracy share of the positions whose largest logit is the label's
 * @param overlap mean, over the classes that are labelled or predicted anywhere, of the positions
 *     that are both over those that are either (intersection over union)
 */
public record LabelAgreement(double crossEntropy, double accuracy, double overlap) {

  /**
   * Compares logits with labels.
   *
   * @param logits [classes, positions], the positions running fastest
   * @param labels the class at each position, whole numbers from 0
   * @throws IllegalArgumentException if there are not as many logits for each position, or a label
   *     is none of the classes
   */
  public static LabelAgreement of(float[] logits, float[] labels) {
    int positions = labels.length;
    if (positions == 0 || logits.length % positions != 0) {
      throw new IllegalArgumentException(
          "%d logits do not fit %d labels.".formatted(logits.length, positions));
    }
    int classes = logits.length / positions;
    long[] both = new long[classes];
    long[] either = new long[classes];
    double entropy = 0;
    long right = 0;
    for (int i = 0; i < positions; i++) {
      int label = (int) labels[i];
      if (label != labels[i] || label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "The label %s is none of the %d classes.".formatted(labels[i], classes));
      }
      int predicted = 0;
      for (int k = 1; k < classes; k++) {
        if (logits[k * positions + i] > logits[predicted * positions + i]) {
          predicted = k;
        }
      }
      double largest = logits[predicted * positions + i];
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[k * positions + i] - largest);
      }
      entropy += Math.log(sum) + largest - logits[label * positions + i];
      either[label]++;
      if (predicted == label) {
        right++;
        both[label]++;
      } else {
        either[predicted]++;
      }
    }
    return new LabelAgreement(
        entropy / positions, (double) right / positions, overlap(both, either));
  }

  private static double overlap(long[] both, long[] either) {
    double sum = 0;
    int met = 0;
    for (int k = 0; k < both.length; k++) {
      if (either[k] > 0) {
        sum += (double) both[k] / either[k];
        met++;
      }
    }
    return sum / met;
  }
}
