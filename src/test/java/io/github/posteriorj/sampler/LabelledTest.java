package io.github.posteriorj.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriorj.text.Labelled;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LabelledTest {

  static Stream<Arguments> choices() {
    return Stream.of(
        choices("integrator", Integrator.values(), Integrator::labelled),
        choices("preconditioning", Preconditioning.values(), Preconditioning::labelled),
        choices("warm start", WarmStart.values(), WarmStart::labelled));
  }

  private static Arguments choices(
      String what, Labelled[] choices, Function<String, Labelled> labelled) {
    return Arguments.of(what, choices, labelled);
  }

  @ParameterizedTest
  @MethodSource("choices")
  void aChoiceIsFoundByItsLabel(
      String what, Labelled[] choices, Function<String, Labelled> labelled) {
    for (Labelled choice : choices) {
      assertSame(choice, labelled.apply(choice.label()));
    }
  }

  @ParameterizedTest
  @MethodSource("choices")
  void anUnknownLabelListsTheKnownOnes(
      String what, Labelled[] choices, Function<String, Labelled> labelled) {
    String known = Arrays.stream(choices).map(Labelled::label).collect(Collectors.joining(", "));
    assertEquals(
        "There is no " + what + " \"Gibbs\". Use one of: " + known + ".",
        assertThrows(IllegalArgumentException.class, () -> labelled.apply("Gibbs")).getMessage());
  }
}
