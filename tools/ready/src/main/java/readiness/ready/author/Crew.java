package readiness.ready.author;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import readiness.ready.check.Checker;

/**
 * Checkers that work side by side, one for each processor: a trial waits for a JVM to start, for
 * tests that wait for the kernel, and for a watchdog.
 */
final class Crew implements AutoCloseable {
  private final BlockingQueue<Checker> idle;
  private final ExecutorService threads;

  /** What one checker does. */
  @FunctionalInterface
  interface Task<T> {
    T with(Checker checker) throws IOException;
  }

  Crew() {
    int size = Runtime.getRuntime().availableProcessors();
    idle = new ArrayBlockingQueue<>(size);
    for (int i = 0; i < size; i++) {
      idle.add(new Checker());
    }
    threads = Executors.newFixedThreadPool(size);
  }

  /** Hands a task to the next checker that has nothing to do. */
  <T> Future<T> submit(Task<T> task) {
    return threads.submit(() -> {
      Checker checker = idle.remove();
      try {
        return task.with(checker);
      } finally {
        idle.add(checker);
      }
    });
  }

  /** What came of a task. */
  static <T> T result(Future<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the tests ran");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Ends the tasks that run, leaves out those that wait, and ends the checkers' JVMs. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    idle.forEach(Checker::close);
  }
}
