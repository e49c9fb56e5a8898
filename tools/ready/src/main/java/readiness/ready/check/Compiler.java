package readiness.ready.check;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * The JDK's compiler, in this JVM and in memory. One instance keeps its jars open, so that the
 * second compilation is many times faster than the first.
 */
final class Compiler implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-g", "-proc:none", "-implicit:none", "-Xlint:none", "-Xmaxerrs", "20");

  private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager jars =
      javac.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
  private List<Path> classPath = List.of();

  Compilation compile(List<SourceText> main, List<SourceText> tests, List<Path> with) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    MemoryFiles files = new MemoryFiles(jars);
    List<SourceText> texts = Stream.concat(main.stream(), tests.stream()).toList();
    if (texts.isEmpty()) {
      return new Compilation(List.of(), Map.of(), Map.of(), List.of());
    }
    // The compiler wraps our file objects; their addresses are what comes back.
    Map<URI, SourceText> sources = new LinkedHashMap<>();
    texts.forEach(source -> sources.put(MemoryFiles.address(source), source));
    try {
      open(with);
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  Writer.nullWriter(),
                  files,
                  diagnostics,
                  OPTIONS,
                  null,
                  texts.stream().map(MemoryFiles.SourceFile::new).toList());
      Iterable<? extends CompilationUnitTree> units = task.parse();
      Map<String, List<PlannedTest>> planned = new HashMap<>();
      List<Gap> gaps = new ArrayList<>();
      outline(units, sources, Trees.instance(task).getSourcePositions(), planned, gaps);
      task.generate();
      List<CompileError> errors = errors(diagnostics, sources);
      return new Compilation(errors, errors.isEmpty() ? files.classes() : Map.of(), planned, gaps);
    } catch (IOException e) {
      throw new UncheckedIOException("the compiler cannot read its class path", e);
    }
  }

  private void open(List<Path> wanted) throws IOException {
    if (!wanted.equals(classPath)) {
      jars.setLocationFromPaths(StandardLocation.CLASS_PATH, wanted);
      classPath = List.copyOf(wanted);
    }
  }

  private static void outline(
      Iterable<? extends CompilationUnitTree> units,
      Map<URI, SourceText> sources,
      SourcePositions positions,
      Map<String, List<PlannedTest>> planned,
      List<Gap> gaps) {
    for (CompilationUnitTree unit : units) {
      SourceText source = sources.get(unit.getSourceFile().toUri());
      SourceOutline outline = SourceOutline.of(unit, source.file(), positions);
      gaps.addAll(outline.gaps());
      for (PlannedTest test : outline.tests()) {
        int nested = test.testClass().indexOf('$');
        String top = nested < 0 ? test.testClass() : test.testClass().substring(0, nested);
        planned.computeIfAbsent(top, _ -> new ArrayList<>()).add(test);
      }
    }
  }

  private static List<CompileError> errors(
      DiagnosticCollector<JavaFileObject> diagnostics, Map<URI, SourceText> sources) {
    return diagnostics.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> error(each, sources))
        .toList();
  }

  private static CompileError error(
      Diagnostic<? extends JavaFileObject> diagnostic, Map<URI, SourceText> sources) {
    String message = diagnostic.getMessage(Locale.ENGLISH);
    JavaFileObject file = diagnostic.getSource();
    SourceText source = file == null ? null : sources.get(file.toUri());
    if (source == null) {
      return new CompileError(Path.of(""), 0, 0, message, "");
    }
    long line = diagnostic.getLineNumber();
    String text = source.text().lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
    return new CompileError(source.file(), line, diagnostic.getColumnNumber(), message, text);
  }

  @Override
  public void close() {
    try {
      jars.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the compiler cannot close its class path", e);
    }
  }
}
