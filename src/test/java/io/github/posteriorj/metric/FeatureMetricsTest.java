package io.github.posteriorj.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriorj.tensor.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics over features against public implementations; values by make_feature_metrics.py. */
class FeatureMetricsTest {

  /** Features are float32 there and here; all else is double precision. */
  private static final double ROUNDING = 1e-6;

  private static float[][] rows(int count, int features, double phase, double gain) {
    float[][] rows = new float[count][features];
    for (int i = 0; i < count * features; i++) {
      double value =
          gain * Math.sin(1.7 * i * i / 100 + phase) + 0.3 * Math.cos(phase + i % features);
      rows[i / features][i % features] = (float) value;
    }
    return rows;
  }

  private static FeatureMap map(int channels, int places, double phase) {
    return new FeatureMap(flat(rows(channels, places, phase, 1)), channels);
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
    }
    return flat;
  }

  private static List<FeatureMap> maps(double phase) {
    return List.of(map(3, 20, phase), map(6, 6, phase));
  }

  private static float[][] noise(int rows, long stream) {
    float[][] noise = new float[rows][];
    for (int i = 0; i < rows; i++) {
      noise[i] = RandomStream.of(stream, i).gaussian(4);
    }
    return noise;
  }

  @Test
  void theFrechetDistanceIsThatOfTorchFidelity() {
    float[][] a = rows(40, 5, 0.2, 1);
    assertEquals(0.6102854361889367, FrechetDistance.of(a, rows(40, 5, 1.1, 1.3)), ROUNDING);
    assertEquals(0, FrechetDistance.of(a, a), ROUNDING);
  }

  /** The root of an eigenvalue that is 0 but for rounding is the root of the rounding. */
  @Test
  void fewerRowsThanFeaturesHaveADistanceToo() {
    double distance = FrechetDistance.of(rows(40, 5, 0.2, 1), rows(4, 5, 0.7, 1));
    assertEquals(2.188579022840961, distance, Math.sqrt(1e-15));
  }

  @Test
  void theKernelDistanceIsThatOfTorchFidelity() {
    double distance = KernelDistance.of(rows(40, 5, 0.2, 1), rows(40, 5, 1.1, 1.3));
    assertEquals(0.08191707579755025, distance, ROUNDING);
  }

  /** Of sets of one distribution, at any sizes: the mean of 200 is 0 within 4 standard errors. */
  @Test
  void theKernelDistanceHasNoBias() {
    double sum = 0;
    double squares = 0;
    int repeats = 200;
    for (int i = 0; i < repeats; i++) {
      double distance = KernelDistance.of(noise(6, 2L * i), noise(9, 2L * i + 1));
      sum += distance;
      squares += distance * distance;
    }
    assertEquals(0, sum / repeats, 4 * Math.sqrt(squares) / repeats);
  }

  @Test
  void thePerceptualDistanceIsThatOfItsAuthors() {
    assertEquals(0.8349406216492677, PerceptualDistance.of(maps(0.2), maps(0.9)), ROUNDING);
    assertEquals(0, PerceptualDistance.of(maps(0.2), maps(0.2)));
  }

  @Test
  void labelsAgreeAsInPyTorchAndNumericalPython() {
    float[] labels = new float[30];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i * 7 % 30 / 10;
    }
    LabelAgreement agreement = LabelAgreement.of(flat(rows(4, 30, 0.4, 2)), labels);
    assertEquals(2.2693676325479175, agreement.crossEntropy(), ROUNDING);
    assertEquals(4 / 30.0, agreement.accuracy(), ROUNDING);
    assertEquals(0.053125, agreement.overlap(), ROUNDING);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    float[][] three = rows(3, 5, 0, 1);
    float[][] wide = rows(3, 6, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> FrechetDistance.of(three, wide));
    assertThrows(IllegalArgumentException.class, () -> KernelDistance.of(three, rows(1, 5, 0, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PerceptualDistance.of(maps(0), List.of(map(3, 20, 0))));
    assertThrows(
        IllegalArgumentException.class,
        () -> PerceptualDistance.of(maps(0), List.of(map(3, 20, 0), map(6, 7, 0))));
    assertThrows(IllegalArgumentException.class, () -> new FeatureMap(new float[7], 3));
    float[] logits = new float[4];
    assertThrows(
        IllegalArgumentException.class, () -> LabelAgreement.of(logits, new float[] {0, 2}));
    assertThrows(IllegalArgumentException.class, () -> LabelAgreement.of(logits, new float[3]));
  }
}
