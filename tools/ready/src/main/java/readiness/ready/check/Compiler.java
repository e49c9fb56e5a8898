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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's compiler, in this JVM and in memory. One instance keeps its jars open, so that the
 * second compilation is many times faster than the first; and it is not even loaded where nothing
 * has changed.
 */
final class Compiler implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-g", "-proc:none", "-implicit:none", "-Xlint:none", "-Xmaxerrs", "20");

  /** The compiler and its open jars; it takes a while to load. */
  private record Loaded(JavaCompiler javac, StandardJavaFileManager jars) {}

  /** What the compiler made of some sources, which may stand on classes that were there before. */
  private record Translation(List<CompileError> errors, List<CompiledUnit> units) {}

  private @Nullable Loaded loaded;
  private List<Path> classPath = List.of();

  /** Compiles all of it. */
  Compilation compile(List<SourceText> main, List<SourceText> tests, List<Path> with) {
    List<SourceText> all = Stream.concat(main.stream(), tests.stream()).toList();
    Translation translation = translate(all, Map.of(), with);
    List<CompiledUnit> units = translation.units();
    return new Compilation(
        translation.errors(),
        units.subList(0, main.size()),
        units.subList(main.size(), units.size()),
        List.of(),
        ClassPath.ground(with));
  }

  /**
   * Compiles what differs from an earlier compilation, if that comes to the same as compiling all
   * of it; else it compiles all of it.
   *
   * <p>Changed sources are compiled against the classes of the others. Those stay valid while the
   * changed ones keep their {@link Shape}. The tests count as a whole besides: one that the earlier
   * compilation does not have, or one whose shape has changed, makes all of them be compiled. An
   * error does, too, in the code or in its tests: then others may be wrong that have not changed,
   * and all are to be told.
   */
  Compilation compile(
      Compilation base, List<SourceText> main, List<SourceText> tests, List<Path> with) {
    String ground = ClassPath.ground(with);
    if (base.errors().isEmpty() && base.ground().equals(ground)) {
      Optional<List<CompiledUnit>> code =
          names(main.stream().map(SourceText::name))
                  .equals(names(base.main().stream().map(CompiledUnit::name)))
              ? renewed(base.main(), main, Map.of(), with)
              : Optional.empty();
      if (code.isPresent()) {
        Optional<Proofs> proofs =
            proofs(base, tests, Compilation.classes(code.get().stream()), with);
        if (proofs.isPresent()) {
          return new Compilation(
              List.of(), code.get(), proofs.get().tests(), proofs.get().others(), ground);
        }
      }
    }
    return compile(main, tests, with);
  }

  private static Set<String> names(Stream<String> names) {
    return names.collect(Collectors.toSet());
  }

  /** The tests, and those of the earlier compilation that stay as good as they are. */
  private record Proofs(List<CompiledUnit> tests, List<CompiledUnit> others) {}

  private Optional<Proofs> proofs(
      Compilation base, List<SourceText> tests, Map<String, byte[]> code, List<Path> with) {
    List<CompiledUnit> before =
        Stream.concat(base.tests().stream(), base.others().stream()).toList();
    Set<String> asked = names(tests.stream().map(SourceText::name));
    List<CompiledUnit> others =
        before.stream().filter(unit -> !asked.contains(unit.name())).toList();
    Optional<List<CompiledUnit>> some = renewed(before, tests, code, with);
    if (some.isPresent()) {
      return Optional.of(new Proofs(some.get(), others));
    }
    Translation all = translate(tests, code, with);
    // A new source may mean something to what stands in the same package, and to nothing else.
    Set<String> touched = names(tests.stream().map(each -> folder(each.name())));
    return all.errors().isEmpty()
        ? Optional.of(
            new Proofs(
                all.units(),
                others.stream().filter(unit -> !touched.contains(folder(unit.name()))).toList()))
        : Optional.empty();
  }

  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  /**
   * The units of these sources: those that were there for the ones that have not changed, and new
   * ones for the others.
   *
   * @return nothing if a source is new, does not compile, or has changed its shape
   */
  private Optional<List<CompiledUnit>> renewed(
      List<CompiledUnit> before,
      List<SourceText> sources,
      Map<String, byte[]> known,
      List<Path> with) {
    Map<String, CompiledUnit> units = new HashMap<>();
    before.forEach(unit -> units.put(unit.name(), unit));
    if (!sources.stream().allMatch(source -> units.containsKey(source.name()))) {
      return Optional.empty();
    }
    List<SourceText> changed =
        sources.stream().filter(source -> !units.get(source.name()).isOf(source)).toList();
    Map<String, byte[]> rest = new HashMap<>(known);
    sources.stream()
        .filter(source -> !changed.contains(source))
        .forEach(source -> rest.putAll(units.get(source.name()).classes()));
    Translation translation = translate(changed, rest, with);
    if (!translation.errors().isEmpty()
        || !translation.units().stream().allMatch(unit -> unit.looksLike(units.get(unit.name())))) {
      return Optional.empty();
    }
    translation.units().forEach(unit -> units.put(unit.name(), unit));
    return Optional.of(sources.stream().map(source -> units.get(source.name())).toList());
  }

  /**
   * Compiles some sources.
   *
   * @param known classes that they stand on besides the class path, by binary name
   */
  private Translation translate(
      List<SourceText> texts, Map<String, byte[]> known, List<Path> with) {
    if (texts.isEmpty()) {
      return new Translation(List.of(), List.of());
    }
    // The compiler wraps our file objects; their addresses are what comes back.
    Map<URI, SourceText> sources = new LinkedHashMap<>();
    texts.forEach(source -> sources.put(MemoryFiles.address(source), source));
    try {
      Loaded compiler = load(with);
      DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
      MemoryFiles files = new MemoryFiles(compiler.jars(), known);
      JavacTask task =
          (JavacTask)
              compiler
                  .javac()
                  .getTask(
                      Writer.nullWriter(),
                      files,
                      diagnostics,
                      OPTIONS,
                      null,
                      texts.stream().map(MemoryFiles.SourceFile::new).toList());
      Map<URI, SourceOutline> outlines = outlines(task, sources);
      task.generate();
      List<CompileError> errors = errors(diagnostics, sources);
      Function<URI, Map<String, byte[]>> classes =
          address -> errors.isEmpty() ? files.classesOf(address) : Map.of();
      List<CompiledUnit> units = new ArrayList<>();
      sources.forEach((address, source) -> {
        SourceOutline outline = outlines.get(address);
        units.add(
            new CompiledUnit(
                source.name(),
                CompiledUnit.digest(source.text()),
                classes.apply(address),
                outline == null ? List.of() : outline.tests(),
                outline == null ? List.of() : outline.gaps()));
      });
      return new Translation(errors, units);
    } catch (IOException e) {
      throw new UncheckedIOException("the compiler cannot read its class path", e);
    } finally {
      if (Thread.currentThread().isInterrupted()) {
        // An interrupt closes the channel of the jar that is being read, for good.
        close();
      }
    }
  }

  private Loaded load(List<Path> wanted) throws IOException {
    Loaded compiler = loaded;
    if (compiler == null) {
      JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
      compiler =
          new Loaded(
              javac, javac.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8));
      loaded = compiler;
    }
    if (!wanted.equals(classPath)) {
      compiler.jars().setLocationFromPaths(StandardLocation.CLASS_PATH, wanted);
      classPath = List.copyOf(wanted);
    }
    return compiler;
  }

  private static Map<URI, SourceOutline> outlines(JavacTask task, Map<URI, SourceText> sources)
      throws IOException {
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    Map<URI, SourceOutline> outlines = new HashMap<>();
    for (CompilationUnitTree unit : task.parse()) {
      URI address = unit.getSourceFile().toUri();
      outlines.put(address, SourceOutline.of(unit, sources.get(address).file(), positions));
    }
    return outlines;
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
    Loaded compiler = loaded;
    loaded = null;
    classPath = List.of();
    if (compiler != null) {
      try {
        compiler.jars().close();
      } catch (IOException e) {
        throw new UncheckedIOException("the compiler cannot close its class path", e);
      }
    }
  }
}
