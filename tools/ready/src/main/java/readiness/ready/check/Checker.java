package readiness.ready.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private @Nullable Compiler compiler;
  private @Nullable ChildProcess spare;

  /** A checker that nobody listens to. */
  public Checker() {
    this(new CheckListener() {});
  }

  /** A checker that says what it is at. */
  public Checker(CheckListener listener) {
    this.listener = listener;
  }

  /** Starts a child JVM that will wait for the next {@link #run}, and loads the compiler. */
  public void prepare() {
    startSpare();
    if (compiler == null) {
      compiler = new Compiler();
    }
  }

  private void startSpare() {
    if (spare == null || !spare.isAlive()) {
      try {
        spare = ChildProcess.start(jvm);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start a JVM for the tests", e);
      }
    }
  }

  /**
   * Compiles the request's code and runs the tests of its steps, in order.
   *
   * @return always whole: every step of the request with every test that its class promises
   * @throws IllegalStateException if the environment is not right: no child JVM runs at all
   * @throws InterruptedException if the thread was interrupted; the child is killed then
   */
  public Verdict run(CheckRequest request) throws InterruptedException {
    listener.compiling();
    prepare();
    Compiler javac = Objects.requireNonNull(compiler);
    List<Path> classPath = new ArrayList<>(jvm.classPath());
    classPath.addAll(request.pieces());
    Compilation compiled = javac.compile(request.main(), request.tests(), classPath);
    CheckRun run = new CheckRun(request, compiled, listener);
    if (compiled.errors().isEmpty()) {
      while (run.wantsAnother()) {
        if (run.wantsModelChecker()) {
          modelCheck(run, compiled, request.pieces());
        } else {
          startSpare();
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
    if (compiler != null) {
      compiler.close();
      compiler = null;
    }
  }
}
