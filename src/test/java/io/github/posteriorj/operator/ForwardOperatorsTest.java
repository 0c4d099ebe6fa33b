package io.github.posteriorj.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All forward operators under their contract. */
class ForwardOperatorsTest extends ForwardOperatorContract {

  @Override
  List<ForwardOperator> operators() {
    return List.of(
        // A new operator adds its line here.
        new GaussianBlur(0.7), new GaussianBlur(3));
  }

  @Test
  void noOperatorIsForgotten() {
    Set<String> written =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.posteriorj")
                .stream()
                .filter(type -> type.isAssignableTo(ForwardOperator.class))
                .filter(type -> !type.isInterface())
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    Set<String> tested =
        operators().stream()
            .map(operator -> operator.getClass().getName())
            .collect(Collectors.toSet());
    assertEquals(written, tested);
  }
}
