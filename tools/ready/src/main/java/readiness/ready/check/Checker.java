package readiness.ready.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles and runs the tests of steps.
 *
 * <p>The code under test runs in a child JVM, which is started while this one compiles. A checker
 * that is kept gets faster: its compiler is warm, and {@link #prepare} starts the next child ahead.
 *
 * <p>For one thread at a time.
 */
public final class Checker implements AutoCloseable {
  private final TestJvm jvm = TestJvm.find();
  private final CheckListener listener;
  private final ClassCache cache;
  private final Compiler compiler = new Compiler();
  private @Nullable ChildProcess spare;

  /** A checker that nobody listens to. */
  public Checker() {
    this(new CheckListener() {});
  }

  /** A checker that nobody listens to, and that keeps what it compiles in a folder. */
  public Checker(Path classes) {
    this(new CheckListener() {}, classes);
  }

  /** A checker that says what it is at. */
  public Checker(CheckListener listener) {
    this(listener, null);
  }

  /**
   * A checker that says what it is at, and keeps what it compiles for the next one.
   *
   * @param classes the folder to keep it in; null for none
   */
  public Checker(CheckListener listener, @Nullable Path classes) {
    this.listener = listener;
    this.cache = new ClassCache(classes);
  }

  /** Starts a child JVM that will wait for the next {@link #run}. */
  public void prepare() {
    if (spare == null || !spare.isAlive()) {
      try {
        spare = ChildProcess.start(jvm);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start a JVM for the tests", e);
      }
    }
  }

  /**
   * Compiles the request's code, for {@link #run(CheckRequest, Compilation)}. Nothing runs.
   *
   * @return what came of it, whether it compiles or not; it outlives this checker, and others may
   *     use it at the same time
   */
  public Compilation compile(CheckRequest request) {
    return compiler.compile(request.main(), request.tests(), classPath(request));
  }

  /** The same for code that differs in a few sources from what was compiled before. */
  public Compilation compile(CheckRequest request, Compilation base) {
    return compiler.compile(base, request.main(), request.tests(), classPath(request));
  }

  /** Compiles all of the request's code, and keeps it for those who check it later. */
  public Compilation compileAhead(CheckRequest request) {
    Compilation all = compile(request);
    cache.keep(request.main(), all);
    return all;
  }

  /**
   * Compiles what of the request's code has changed since the last time, and runs the tests of its
   * steps, in order.
   *
   * @return always whole: every step of the request with every test that its class promises
   * @throws IllegalStateException if the environment is not right: no child JVM runs at all
   * @throws InterruptedException if the thread was interrupted; the child is killed then
   */
  public Verdict run(CheckRequest request) throws InterruptedException {
    listener.compiling();
    prepare();
    Compilation compiled =
        unlessCalledOff(() ->
            cache
                .find(request.main())
                .map(base -> compile(request, base))
                .orElseGet(() -> compile(request)));
    Verdict verdict = prove(request, compiled);
    cache.keep(request.main(), compiled);
    return verdict;
  }

  /**
   * The same for code that differs in a few sources from what was compiled before. Only those are
   * compiled, as long as that comes to the same.
   */
  public Verdict run(CheckRequest request, Compilation base) throws InterruptedException {
    listener.compiling();
    prepare();
    return prove(request, unlessCalledOff(() -> compile(request, base)));
  }

  /** What comes of an interrupted compiler, an exception or errors that are none, is no result. */
  private static Compilation unlessCalledOff(Supplier<Compilation> compiling)
      throws InterruptedException {
    try {
      Compilation compiled = compiling.get();
      if (!Thread.interrupted()) {
        return compiled;
      }
    } catch (RuntimeException e) {
      if (!Thread.interrupted()) {
        throw e;
      }
    }
    throw new InterruptedException("called off while it compiled");
  }

  private List<Path> classPath(CheckRequest request) {
    List<Path> classPath = new ArrayList<>(jvm.classPath());
    classPath.addAll(request.pieces());
    return classPath;
  }

  private Verdict prove(CheckRequest request, Compilation compiled) throws InterruptedException {
    CheckRun run = new CheckRun(request, compiled, listener);
    if (compiled.errors().isEmpty()) {
      while (run.wantsAnother()) {
        if (run.wantsModelChecker()) {
          modelCheck(run, compiled, request.pieces());
        } else {
          prepare();
          try (ChildProcess child = takeSpare()) {
            run.in(child);
          }
        }
      }
    }
    return run.verdict();
  }

  private void modelCheck(CheckRun run, Compilation compiled, List<Path> pieces)
      throws InterruptedException {
    try (ClassFolder folder = ClassFolder.of(compiled.classes())) {
      List<Path> code = new ArrayList<>(List.of(folder.path()));
      code.addAll(pieces);
      try (ChildProcess child = ChildProcess.start(jvm.forModelChecker(code, folder.path()))) {
        run.in(child);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a JVM for the model checker", e);
    }
  }

  private ChildProcess takeSpare() {
    ChildProcess taken = Objects.requireNonNull(spare);
    spare = null;
    return taken;
  }

  /** Ends the child that waits, if there is one. */
  @Override
  public void close() {
    if (spare != null) {
      spare.close();
      spare = null;
    }
    compiler.close();
  }
}
