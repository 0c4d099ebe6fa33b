package io.github.posteriorj.likelihood;

import ai.djl.ndarray.NDArray;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;

/**
 * Labels of classes, for networks that predict logits: L = -sum over positions and classes of y_c
 * ln softmax(A(x))_c.
 *
 * <p>Predictions are [N, classes, ...]; the measurement has one value for each class and position:
 * 1 for the label's class, 0 for the others ({@link #oneHot}).
 *
 * @param classes how many classes there are, 2 or more
 */
public record CrossEntropyLikelihood(int classes) implements NoiseLikelihood {

  /**
   * Labels of some classes.
   *
   * @throws IllegalArgumentException if there are less than two
   */
  public CrossEntropyLikelihood {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Labels need two classes or more, but the network predicts " + classes + ".");
    }
  }

  /**
   * Writes labels as a measurement.
   *
   * @param labels the class at each position, whole numbers from 0
   * @return [classes, positions]
   * @throws IllegalArgumentException if a label is none of the classes
   */
  public float[] oneHot(float[] labels) {
    float[] y = new float[Math.multiplyExact(classes, labels.length)];
    for (int i = 0; i < labels.length; i++) {
      int label = (int) labels[i];
      if (label != labels[i] || label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "The label %s is outside the network's classes, which are the whole numbers 0 to %d."
                .formatted(
                    labels[i] == label ? String.valueOf(label) : String.valueOf(labels[i]),
                    classes - 1));
      }
      y[label * labels.length + i] = 1;
    }
    return y;
  }

  /**
   * Reads the labels of a measurement.
   *
   * @param y [classes, positions], as {@link #oneHot} writes it
   * @return the class at each position
   */
  public float[] labels(float[] y) {
    float[] labels = new float[y.length / classes];
    for (int i = 0; i < y.length; i++) {
      if (y[i] == 1) {
        labels[i % labels.length] = i / labels.length;
      }
    }
    return labels;
  }

  @Override
  public NDArray negativeLog(NDArray prediction, NDArray y) {
    return DeviceArrays.sumOfEach(prediction.logSoftmax(1).mul(y)).neg();
  }

  @Override
  public float[] simulate(float[] prediction, RandomStream random) {
    int positions = prediction.length / classes;
    float[] labels = new float[positions];
    for (int i = 0; i < positions; i++) {
      double[] probability = softmax(prediction, i);
      double left = random.uniform();
      int label = 0;
      while (label < classes - 1 && left >= probability[label]) {
        left -= probability[label];
        label++;
      }
      labels[i] = label;
    }
    return oneHot(labels);
  }

  /** Labels are kept: there is no noise to add to them. */
  @Override
  public float[] perturb(float[] y, RandomStream random) {
    return y.clone();
  }

  /** The labels' surprise against the one that the network expects, its entropy. */
  @Override
  public double misfit(float[] prediction, float[] y) {
    int positions = prediction.length / classes;
    double surprise = 0;
    double entropy = 0;
    for (int i = 0; i < positions; i++) {
      double[] probability = softmax(prediction, i);
      for (int label = 0; label < classes; label++) {
        double nats = -Math.log(Math.max(probability[label], Double.MIN_NORMAL));
        surprise += y[label * positions + i] * nats;
        entropy += probability[label] * nats;
      }
    }
    return surprise / Math.max(entropy, Double.MIN_NORMAL);
  }

  @Override
  public String misfitFormula() {
    return "cross-entropy / the prediction's entropy";
  }

  @Override
  public String toString() {
    return "Labels of " + classes + " classes";
  }

  private double[] softmax(float[] logits, int position) {
    int positions = logits.length / classes;
    double highest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < classes; label++) {
      highest = Math.max(highest, logits[label * positions + position]);
    }
    double[] probability = new double[classes];
    double sum = 0;
    for (int label = 0; label < classes; label++) {
      probability[label] = Math.exp(logits[label * positions + position] - highest);
      sum += probability[label];
    }
    for (int label = 0; label < classes; label++) {
      probability[label] /= sum;
    }
    return probability;
  }
}
