package readiness.bench;

/** The process that makes the load, and what it is asked to do. */
final class Client implements AutoCloseable {
  private final Child process = Jvm.own().start("the client", Load.Program.class);

  /**
   * Has {@code server}, at {@code port}, answer requests.
   *
   * @throws Stopped if it does not, with what it said, or with what the client saw
   */
  Load.Result load(Child server, int port, Work work, int connections, int depth, double seconds)
      throws InterruptedException {
    return Load.Result.parse(
        ask(
            server,
            "run %d %s %d %d %d"
                .formatted(port, work, connections, depth, Math.round(seconds * 1000))));
  }

  /** Has {@code n} connections stay open beside what comes next. */
  void open(Child server, int port, int n) throws InterruptedException {
    ask(server, "open %d %d".formatted(port, n));
  }

  /** Ends the connections that were opened so. */
  void close(Child server) throws InterruptedException {
    ask(server, "close");
  }

  private String ask(Child server, String order) throws InterruptedException {
    try {
      return process.ask(order);
    } catch (Stopped e) {
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
