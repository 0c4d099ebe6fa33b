package io.github.posteriorj;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkConsent;
import io.github.posteriorj.operator.NetworkOperator;
import io.github.posteriorj.tensor.TorchScriptNetwork;
import io.github.posteriorj.tensor.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Keeps the arrows between the packages going one way, and each library in its place. */
class ArchitectureTest {

  private static final String ROOT = MainClasses.ROOT;

  /** From the ground up; packages of one row do not know each other. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of("text", "tensor", "progress"),
          List.of("image", "diagnostic", "plot"),
          List.of("likelihood"),
          List.of("prior", "operator"),
          List.of("sampler", "metric"),
          List.of("solver", "ensemble"),
          List.of("restoration", "library"),
          List.of("job", "training", "profile"),
          List.of("imagej", "benchmark"),
          List.of("command"));

  private static final List<Class<?>> OPENERS =
      List.of(
          InstalledPrior.class,
          NetworkOperator.class,
          TorchScriptNetwork.class,
          TrainableNetwork.class);

  private static final JavaClasses MAIN = MainClasses.ALL;

  @Test
  void everyPackageHasItsPlace() {
    Set<String> known = new TreeSet<>();
    ROWS.forEach(known::addAll);
    Set<String> found = new TreeSet<>();
    for (JavaClass type : MAIN) {
      if (!type.getPackageName().equals(ROOT)) {
        found.add(type.getPackageName().substring(ROOT.length() + 1).split("\\.")[0]);
      }
    }
    assertEquals(known, found);
  }

  @Test
  void noPackageUsesOneAboveItOrBesideIt() {
    for (int row = 0; row < ROWS.size(); row++) {
      for (String name : ROWS.get(row)) {
        List<String> forbidden =
            new ArrayList<>(
                ROWS.subList(row, ROWS.size()).stream()
                    .flatMap(List::stream)
                    .filter(other -> !other.equals(name))
                    .map(ArchitectureTest::inside)
                    .toList());
        forbidden.add(ROOT);
        noClasses()
            .that()
            .resideInAPackage(inside(name))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden.toArray(String[]::new))
            .check(MAIN);
      }
    }
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  /** A class with all that is nested in it counts as one. */
  @Test
  void theClassesOfPriorsFormNoCycle() {
    for (String name : List.of("prior", "library", "training")) {
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return type.getPackageName().equals(ROOT + "." + name)
                      ? SliceIdentifier.of(type.getName().replaceAll("\\$.*", ""))
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "classes of " + name;
                }
              })
          .should()
          .beFreeOfCycles()
          .check(MAIN);
    }
  }

  @Test
  void theHostOfPlainImageJNeedsNothingElseOfTheProjectButInputs() {
    noClasses()
        .that()
        .resideInAPackage(inside("imagej.host"))
        .should()
        .dependOnClassesThat(
            describe(
                "belong to the rest of the project",
                type ->
                    type.getPackageName().startsWith(ROOT)
                        && !type.getPackageName().startsWith(ROOT + ".imagej.host")
                        && !type.getPackageName().equals(ROOT + ".imagej.input")))
        .check(MAIN);
  }

  /** DJL frees such a number while the gradient still needs it: see DeviceArrays.constant. */
  @Test
  void whereGradientsAreTakenNoTensorIsCombinedWithANumber() {
    noClasses()
        .that()
        .resideInAnyPackage(inside("prior"), inside("operator"), inside("likelihood"))
        .should()
        .callMethodWhere(
            describe(
                "combines an NDArray with a Java number",
                call ->
                    call.getTargetOwner().isEquivalentTo(NDArray.class)
                        && call.getTarget().getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(Number.class))))
        .check(MAIN);
  }

  /** A network is a program: see Resources. */
  @Test
  void networksAreOpenedWhereTheyArePermittedOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(inside("job"), inside("benchmark"), inside("command"))
        .and()
        .haveNameNotMatching(
            ".*\\.(job\\.(Generator(\\$.*)?|NetworkChoice)|command\\.prior\\.FineTunePrior)")
        .should()
        .callMethodWhere(
            describe(
                "opens a network",
                call ->
                    call.getTarget().getName().matches("open.*|load")
                        && OPENERS.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)))
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage(inside("command"))
        .should()
        .accessField(NetworkConsent.class, "GIVEN")
        .check(MAIN);
  }

  @Test
  void onlyWhatTouchesUsersKnowsImageJAndSciJava() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, inside("imagej"), inside("command"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ij", "ij..", "org.scijava..", "javax.swing..")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, inside("imagej"), inside("command"), inside("plot"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.awt..")
        .check(MAIN);
  }

  @Test
  void onlyPlotsKnowTheLibrariesThatDrawThem() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("plot"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jfree..", "org.apache.batik..")
        .check(MAIN);
  }

  @Test
  void imagesAndMetricsKnowNoTensors() {
    noClasses()
        .that()
        .resideInAnyPackage(
            inside("image"), inside("imagej"), inside("metric"), inside("diagnostic"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(MAIN);
  }

  @Test
  void onlyTheTensorPackageKnowsTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("tensor"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "ai.djl.engine..",
                    "ai.djl.pytorch..",
                    "ai.djl.nn..",
                    "ai.djl.training..",
                    "ai.djl.inference..",
                    "ai.djl.repository..",
                    "ai.djl.translate..")
                .or(describe("is ai.djl.Model", type -> type.getName().equals("ai.djl.Model")))
                .and(
                    describe(
                        "is more than the exception",
                        type -> !type.isEquivalentTo(EngineException.class))))
        .check(MAIN);
  }

  @Test
  void nobodyDrawsRandomNumbersBesideTheStreams() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.tensor\\.RandomStream(\\$Bits)?")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(random\\..*|SplittableRandom|Random)")
        .orShould()
        .callMethod(Math.class, "random")
        .check(MAIN);
  }

  @Test
  void everyCommandRunsInTheBackgroundAndHasItsMenuEntry() {
    List<JavaClass> commands = commands().toList();
    assertTrue(commands.size() >= 5, commands::toString);
    classes()
        .that(describe("are commands", commands::contains))
        .should()
        .beAnnotatedWith(Plugin.class)
        .andShould()
        .beAssignableTo(BackgroundCommand.class)
        .andShould()
        .bePublic()
        .check(MAIN);
    for (JavaClass command : commands) {
      Plugin plugin = command.getAnnotationOfType(Plugin.class);
      assertEquals(Command.class, plugin.type(), command.getName());
      List<String> menu = Arrays.stream(plugin.menu()).map(Menu::label).toList();
      assertEquals(List.of("Plugins", "PosteriorJ"), menu.subList(0, 2), command.getName());
      assertTrue(menu.get(menu.size() - 1).endsWith("..."), command.getName());
    }
  }

  private static Stream<JavaClass> commands() {
    return MAIN.stream()
        .filter(type -> type.isAssignableTo(Command.class))
        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(type -> !type.isInterface());
  }

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }
}
