package io.github.posteriorj.sampler.level;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.AveragePooling;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.PixelMask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VisibilityTest {

  private static final int SIDE = 32;

  @Test
  void hiddenPixelsAreThoseThatNextToNothingIsToldOf() {
    assertEquals(new Visibility(2, 0.5), Visibility.of(new float[] {0, 3, 0, 3}));
    assertEquals(0.25, Visibility.of(new float[] {0.0005f, 1, 1, 2}).hidden());
  }

  @Test
  void dimPixelsAreNotHidden() {
    assertEquals(0, Visibility.of(new float[] {0.002f, 1, 1, 1}).hidden());
  }

  @Test
  void whatTellsOfNoPixelTellsOfAllAlike() {
    assertEquals(Visibility.EVEN, Visibility.of(new float[4]));
  }

  static Stream<Arguments> operators() {
    PixelMask box = PixelMask.hiddenBox(SIDE, SIDE, 8, 8, 16, 16);
    return Stream.of(
        Arguments.of(box, 0.25),
        Arguments.of(new GaussianBlur(2), 0.0),
        Arguments.of(new AveragePooling(4), 0.0),
        // The blur tells of a rim of two pixels.
        Arguments.of(Composition.of(new GaussianBlur(0.7), box), 144.0 / 1024));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void aMaskHidesWhatNoBlurBringsToLight(ForwardOperator operator, double hidden) {
    LevelProblem problem =
        new LevelProblem(
            new NormalPrior(SIDE),
            operator,
            new GaussianLikelihood(0.1),
            new float[(int) operator.outputShape(new Shape(1, SIDE, SIDE)).size()],
            new Shape(1, SIDE, SIDE));
    assertEquals(hidden, problem.visibility().hidden(), 1e-9);
  }
}
