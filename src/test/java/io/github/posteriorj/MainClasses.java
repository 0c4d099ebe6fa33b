package io.github.posteriorj;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;

/** The project's own classes, without the tests': read once for all tests that ask for them. */
public final class MainClasses {

  static final String ROOT = "io.github.posteriorj";

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private MainClasses() {}

  /** The names of the classes of a type that objects can be made of, but anonymous ones. */
  public static Set<String> concreteNames(Class<?> type) {
    return ALL.stream()
        .filter(found -> found.isAssignableTo(type))
        .filter(found -> !found.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(found -> !found.isAnonymousClass())
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }
}
