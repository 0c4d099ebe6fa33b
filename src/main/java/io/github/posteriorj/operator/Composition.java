package io.github.posteriorj.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Operators one after another: A(x) = A_k(... A_2(A_1(x))).
 *
 * <pre>{@code
 * ForwardOperator camera =
 *     Composition.of(new GaussianBlur(1.5), new AveragePooling(2), new ClippedGain(2, -1, 1));
 * }</pre>
 *
 * @param operators the first one sees the image, the last one makes the measurement
 */
public record Composition(List<ForwardOperator> operators) implements ForwardOperator {

  /**
   * Operators one after another.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Composition {
    operators = List.copyOf(operators);
    requireAny(operators);
  }

  /**
   * Operators one after another: a {@link LinearOperator} where all of them are linear.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static ForwardOperator of(ForwardOperator... operators) {
    List<LinearOperator> linear =
        List.of(operators).stream()
            .filter(LinearOperator.class::isInstance)
            .map(LinearOperator.class::cast)
            .toList();
    return linear.size() == operators.length
        ? new LinearComposition(linear)
        : new Composition(List.of(operators));
  }

  @Override
  public NDArray apply(NDArray x) {
    return applied(operators, x);
  }

  @Override
  public Shape outputShape(Shape x) {
    return shape(operators, x);
  }

  @Override
  public Shape inputShape(Shape measurement) {
    return inputShape(operators, measurement);
  }

  /**
   * The last operator that is not an affine change of intensities made the measurement, but for
   * these: it alone is relaxed.
   */
  @Override
  public ForwardOperator relaxed(float[] measurement) {
    List<ForwardOperator> relaxed = new ArrayList<>(operators);
    float[] y = measurement.clone();
    int last = relaxed.size() - 1;
    while (last > 0 && relaxed.get(last) instanceof Affine affine) {
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) affine.inverse(y[i]);
      }
      last--;
    }
    relaxed.set(last, relaxed.get(last).relaxed(y));
    return new Composition(relaxed);
  }

  @Override
  public Optional<LinearOperator> linearPart() {
    List<LinearOperator> parts =
        operators.stream().flatMap(operator -> operator.linearPart().stream()).toList();
    return parts.size() == operators.size()
        ? Optional.of(new LinearComposition(parts))
        : Optional.empty();
  }

  @Override
  public Optional<PixelResponse> pixelResponse() {
    List<PixelResponse> responses =
        operators.stream().flatMap(operator -> operator.pixelResponse().stream()).toList();
    return responses.size() == operators.size()
        ? responses.stream().reduce(PixelResponse::then)
        : Optional.empty();
  }

  @Override
  public boolean neverSaturates() {
    return operators.stream().allMatch(ForwardOperator::neverSaturates);
  }

  @Override
  public String toString() {
    return description(operators);
  }

  static void requireAny(List<? extends ForwardOperator> operators) {
    if (operators.isEmpty()) {
      throw new IllegalArgumentException("A composition needs at least one operator.");
    }
  }

  static NDArray applied(List<? extends ForwardOperator> operators, NDArray x) {
    NDArray measurement = x;
    for (ForwardOperator operator : operators) {
      measurement = operator.apply(measurement);
    }
    return measurement;
  }

  static Shape shape(List<? extends ForwardOperator> operators, Shape x) {
    Shape shape = x;
    for (ForwardOperator operator : operators) {
      shape = operator.outputShape(shape);
    }
    return shape;
  }

  static Shape inputShape(List<? extends ForwardOperator> operators, Shape measurement) {
    Shape shape = measurement;
    for (int i = operators.size() - 1; i >= 0; i--) {
      shape = operators.get(i).inputShape(shape);
    }
    return shape;
  }

  static String description(List<? extends ForwardOperator> operators) {
    return operators.stream().map(Object::toString).collect(Collectors.joining("; then "));
  }
}
