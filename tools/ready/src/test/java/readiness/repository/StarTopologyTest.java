package readiness.repository;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import readiness.course.Chapter;
import readiness.course.Workbook;

/**
 * The pieces depend on the kit and the JDK and on nothing of each other; only the capstone depends
 * on them all. So a reader can begin at any chapter, and each piece of the capstone is theirs or
 * the reference.
 */
class StarTopologyTest {
  private static final List<String> GROUND = List.of("java..", "org.jspecify.annotations..");
  private static final String KERNEL = "readiness.kernel..";

  private static final List<Chapter> CHAPTERS =
      Workbook.around(Path.of("")).course().chapters().stream()
          .filter(chapter -> !chapter.steps().isEmpty())
          .toList();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("readiness");

  @Test
  void aPieceStandsOnTheKernelAlone() {
    List<Chapter> pieces = CHAPTERS.stream().filter(chapter -> !isCapstone(chapter)).toList();
    assertThat(pieces).isNotEmpty();
    pieces.forEach(piece -> only(piece.packageName(), List.of(KERNEL)).check(CLASSES));
  }

  @Test
  void theCapstoneStandsOnThePiecesAndTheKernel() {
    only(capstone().packageName(), capstonesGround()).check(CLASSES);
  }

  @Test
  void theKernelStandsOnNothing() {
    only("readiness.kernel", List.of()).check(CLASSES);
  }

  @Test
  void theTestsSideOfTheKitKnowsNoPiece() {
    only(
            "readiness.testing",
            List.of(KERNEL, "org.junit..", "org.jetbrains.lincheck", "com.sun.management"))
        .check(CLASSES);
  }

  @Test
  void theRuleBites() {
    // The capstone uses a piece, so it breaks the rule for pieces.
    assertThat(only(capstone().packageName(), List.of(KERNEL)).evaluate(CLASSES).hasViolation())
        .isTrue();
  }

  private Chapter capstone() {
    return CHAPTERS.stream().filter(StarTopologyTest::isCapstone).findFirst().orElseThrow();
  }

  private List<String> capstonesGround() {
    List<String> ground = new ArrayList<>(List.of(KERNEL));
    CHAPTERS.forEach(chapter -> ground.add(chapter.packageName() + ".."));
    return ground;
  }

  private static boolean isCapstone(Chapter chapter) {
    return chapter.id().endsWith("-capstone");
  }

  private static ArchRule only(String packageName, List<String> others) {
    List<String> allowed = new ArrayList<>(GROUND);
    allowed.add(packageName + "..");
    allowed.addAll(others);
    return classes()
        .that()
        .resideInAPackage(packageName + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }
}
