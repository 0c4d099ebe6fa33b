package io.github.posteriorj.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.job.Instrument;
import io.github.posteriorj.likelihood.CrossEntropyLikelihood;
import io.github.posteriorj.metric.LabelAgreement;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.restoration.Measurement;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How well samples agree with the measurement that they were drawn for, seen by an operator. */
final class MeasurementAgreement {

  private final Instrument instrument;
  private final float[][] samples;
  private final Shape image;
  private final ComputeDevice device;

  /**
   * Samples beside their measurement.
   *
   * @param image [1, H, W], the shape of each sample
   */
  MeasurementAgreement(
      Instrument instrument, float[][] samples, Shape image, ComputeDevice device) {
    this.instrument = instrument;
    this.samples = samples;
    this.image = image;
    this.device = device;
  }

  /** Seen by the operator that has measured. */
  Map<Quantity, Double> own() {
    return by(
        instrument.operator(),
        Quantity.Y_ERROR,
        Quantity.Y_CROSS_ENTROPY,
        Quantity.Y_ACCURACY,
        Quantity.Y_OVERLAP);
  }

  /** Seen by another operator of the same outputs. */
  Map<Quantity, Double> judged(ForwardOperator judge) {
    return by(
        judge,
        Quantity.JUDGED_ERROR,
        Quantity.JUDGED_CROSS_ENTROPY,
        Quantity.JUDGED_ACCURACY,
        Quantity.JUDGED_OVERLAP);
  }

  private Map<Quantity, Double> by(
      ForwardOperator operator,
      Quantity error,
      Quantity crossEntropy,
      Quantity accuracy,
      Quantity overlap) {
    float[] y = instrument.measurement().values();
    List<float[]> predictions =
        Arrays.stream(samples).map(sample -> prediction(operator, sample)).toList();
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    Optional<CrossEntropyLikelihood> labelling = labelling();
    if (labelling.isEmpty()) {
      values.put(error, mean(predictions, prediction -> meanSquare(prediction, y)));
      return values;
    }
    float[] labels = labelling.get().labels(y);
    List<LabelAgreement> agreements =
        predictions.stream().map(logits -> LabelAgreement.of(logits, labels)).toList();
    values.put(crossEntropy, mean(agreements, LabelAgreement::crossEntropy));
    values.put(accuracy, mean(agreements, LabelAgreement::accuracy));
    if (labels.length > 1) {
      values.put(overlap, mean(agreements, LabelAgreement::overlap));
    }
    return values;
  }

  private Optional<CrossEntropyLikelihood> labelling() {
    Measurement measurement = instrument.measurement();
    return instrument
        .noise()
        .map(noise -> noise.likelihood(measurement))
        .filter(CrossEntropyLikelihood.class::isInstance)
        .map(CrossEntropyLikelihood.class::cast);
  }

  private float[] prediction(ForwardOperator operator, float[] sample) {
    try (NDManager scope = device.newScope()) {
      NDArray x = DeviceArrays.copyOf(scope, sample, new Shape(1).addAll(image));
      return operator.apply(x).toFloatArray();
    }
  }

  /** Of what was observed. */
  private static double meanSquare(float[] prediction, float[] y) {
    double sum = 0;
    int observed = 0;
    for (int i = 0; i < y.length; i++) {
      if (!Float.isNaN(y[i])) {
        double error = prediction[i] - y[i];
        sum += error * error;
        observed++;
      }
    }
    return sum / observed;
  }

  private static <T> double mean(List<T> each, ToDoubleFunction<T> value) {
    return each.stream().mapToDouble(value).average().orElseThrow();
  }
}
