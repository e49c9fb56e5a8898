package readiness.ready.check;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source says before anything runs, and even if it does not compile: the tests that it
 * promises and the gaps that it still has.
 */
final class SourceOutline extends TreeScanner<@Nullable Void, @Nullable Void> {
  private static final Set<String> TESTS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

  private final CompilationUnitTree unit;
  private final Path file;
  private final SourcePositions positions;
  private final List<PlannedTest> tests = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private String type = "";
  private String method = "";

  private SourceOutline(CompilationUnitTree unit, Path file, SourcePositions positions) {
    this.unit = unit;
    this.file = file;
    this.positions = positions;
  }

  static SourceOutline of(CompilationUnitTree unit, Path file, SourcePositions positions) {
    SourceOutline outline = new SourceOutline(unit, file, positions);
    outline.scan(unit, null);
    return outline;
  }

  /** The tests of the unit, in order. */
  List<PlannedTest> tests() {
    return tests;
  }

  /** The gaps of the unit, in order. */
  List<Gap> gaps() {
    return gaps;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
    String outer = type;
    type = outer.isEmpty() ? prefix() + tree.getSimpleName() : outer + "$" + tree.getSimpleName();
    super.visitClass(tree, none);
    type = outer;
    return null;
  }

  private String prefix() {
    return unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
    String outer = method;
    String name = tree.getName().toString();
    method = name.equals("<init>") ? type.substring(type.lastIndexOf('.') + 1) : name;
    if (annotations(tree.getModifiers()).anyMatch(TESTS::contains)) {
      tests.add(new PlannedTest(type, name, title(tree.getModifiers(), name)));
    }
    super.visitMethod(tree, none);
    method = outer;
    return null;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void none) {
    if (simpleName(tree.getIdentifier()).equals("NotYet")
        && tree.getArguments().size() == 1
        && tree.getArguments().getFirst() instanceof LiteralTree literal) {
      long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      gaps.add(new Gap(String.valueOf(literal.getValue()), file, method, (int) line));
    }
    return super.visitNewClass(tree, none);
  }

  private static Stream<String> annotations(ModifiersTree modifiers) {
    return modifiers.getAnnotations().stream()
        .map(annotation -> simpleName(annotation.getAnnotationType()));
  }

  private static String simpleName(Tree name) {
    String text = name.toString();
    return text.substring(text.lastIndexOf('.') + 1);
  }

  private static String title(ModifiersTree modifiers, String method) {
    for (AnnotationTree annotation : modifiers.getAnnotations()) {
      if (simpleName(annotation.getAnnotationType()).equals("DisplayName")
          && annotation.getArguments().size() == 1) {
        String text = text(annotation.getArguments().getFirst());
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return words(method);
  }

  private static String text(ExpressionTree tree) {
    return switch (tree) {
      case AssignmentTree value -> text(value.getExpression());
      case LiteralTree literal -> String.valueOf(literal.getValue());
      case BinaryTree sum -> text(sum.getLeftOperand()) + text(sum.getRightOperand());
      default -> "";
    };
  }

  /** {@code everyByteArrives} and {@code every_byte_arrives}: every byte arrives. */
  private static String words(String name) {
    return name.replace('_', ' ')
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
