package readiness.bench.epoll;

import readiness.bench.Stopped;
import readiness.measure.NoAnswer;
import readiness.measure.Proc;
import readiness.measure.Respondent;

/** The process that makes the load, and what it is asked to do. */
final class LoadClient implements AutoCloseable {
  private final Respondent process =
      Contender.reference().jvm().start("the client", Load.Program.class);

  /**
   * Has {@code server}, at {@code port}, answer requests.
   *
   * @throws Stopped if it does not, with what it said, or with what the client saw
   */
  Load.Result load(
      Respondent server, int port, Work work, int connections, int depth, double seconds)
      throws InterruptedException {
    return Load.Result.parse(
        ask(
            server,
            "run %d %s %d %d %d"
                .formatted(port, work, connections, depth, Math.round(seconds * 1000))));
  }

  /** Has {@code n} connections stay open beside what comes next. */
  void open(Respondent server, int port, int n) throws InterruptedException {
    ask(server, "open %d %d".formatted(port, n));
  }

  /** Ends the connections that were opened so. */
  void close(Respondent server) throws InterruptedException {
    ask(server, "close");
  }

  private String ask(Respondent server, String order) throws InterruptedException {
    try {
      return process.ask(order);
    } catch (NoAnswer e) {
      // If the server has ended, that is the reason, and it has said more about it.
      server.requireAlive();
      throw new Stopped(Stopped.FAILS, server.name() + ", says " + e.getMessage());
    }
  }

  /** What the kernel knows of it. */
  Proc proc() {
    return process.proc();
  }

  @Override
  public void close() {
    process.close();
  }
}
