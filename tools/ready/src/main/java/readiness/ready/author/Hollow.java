package readiness.ready.author;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.type.TypeKind;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.check.Checker;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepPlan;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;

/**
 * A step whose gaps are filled with the least that compiles: nothing, 0, false or null. The steps
 * before it are solved, and where the starter has a naive form, that stays. A test of the step that
 * passes then tests nothing of what the step writes.
 */
record Hollow(Chapter chapter, Step step) {
  /**
   * Runs the step's tests.
   *
   * @param exempt the methods that may pass
   * @return what is not as it should be; empty if all is well
   */
  List<String> problems(Set<String> exempt, ChapterRun run, Checker checker) throws IOException {
    Set<String> solved =
        chapter.steps().subList(0, chapter.steps().indexOf(step)).stream()
            .map(Step::id)
            .collect(Collectors.toSet());
    Map<String, String> texts = new HashMap<>();
    run.starter(solved::contains).forEach((name, text) -> texts.put(name, filled(text)));
    Verdict verdict = run.changed(checker, texts, List.of(StepPlan.of(step)), true);
    List<String> problems = new ArrayList<>(Judgement.compileErrors(verdict));
    if (problems.isEmpty()) {
      Set<String> passing =
          verdict.step(step.id()).tests().stream()
              .filter(test -> test.outcome() == Outcome.PASSED)
              .map(TestResult::method)
              .collect(Collectors.toCollection(TreeSet::new));
      passing.stream()
          .filter(method -> !exempt.contains(method))
          .map(method -> method + " passes: it tests nothing of what this step writes")
          .forEach(problems::add);
      exempt.stream()
          .filter(method -> !passing.contains(method))
          .map(method -> method + " needs no exemption: it does not pass")
          .forEach(problems::add);
    }
    return problems;
  }

  /** A starter with the step's gaps filled. */
  private String filled(String starter) {
    Gaps gaps = new Gaps(starter, "throw new NotYet(\"%s\");".formatted(step.id()));
    StringBuilder text = new StringBuilder(starter);
    // From the end, so that the places before stay where they are.
    gaps.found.reversed().forEach(gap -> text.replace(gap.from, gap.to, gap.instead));
    return text.toString();
  }

  /** The gaps of a step in a source, and what is to stand there instead. */
  private static final class Gaps extends TreeScanner<@Nullable Void, @Nullable Void> {
    private record Gap(int from, int to, String instead) {}

    private final String text;
    private final String gap;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Gap> found = new ArrayList<>();

    Gaps(String text, String gap) {
      this.text = text;
      this.gap = gap;
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, null, List.of("-proc:none"), null, List.of(inMemory(text)));
      try {
        unit = task.parse().iterator().next();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      positions = Trees.instance(task).getSourcePositions();
      scan(unit, null);
    }

    private static JavaFileObject inMemory(String text) {
      return new SimpleJavaFileObject(
          URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
          return text;
        }
      };
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      if (method.getBody() != null) {
        for (StatementTree each : method.getBody().getStatements()) {
          int from = (int) positions.getStartPosition(unit, each);
          int to = (int) positions.getEndPosition(unit, each);
          if (each instanceof ThrowTree && text.substring(from, to).equals(gap)) {
            found.add(new Gap(from, to, least(method.getReturnType())));
          }
        }
      }
      return super.visitMethod(method, unused);
    }

    private static String least(@Nullable Tree type) {
      TypeKind kind =
          switch (type) {
            case null -> TypeKind.VOID;
            case PrimitiveTypeTree primitive -> primitive.getPrimitiveTypeKind();
            default -> TypeKind.DECLARED;
          };
      return switch (kind) {
        case VOID -> "";
        case BOOLEAN -> "return false;";
        case DECLARED -> "return null;";
        default -> "return 0;";
      };
    }
  }
}
