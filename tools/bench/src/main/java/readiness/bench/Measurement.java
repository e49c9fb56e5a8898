package readiness.bench;

/** One server that runs, and the client that loads it. */
final class Measurement implements AutoCloseable {
  private final Settings settings;
  private final Client client;
  private final Work work;
  private final Child server;
  private final int port;

  Measurement(Settings settings, Client client, Work work, Child server) {
    this.settings = settings;
    this.client = client;
    this.work = work;
    this.server = server;
    this.port = Integer.parseInt(server.line());
  }

  /** The same load as is measured, for a while. */
  void warmUp(int depth) throws InterruptedException {
    load(depth, settings.warmUp());
  }

  /** What the load costs the server. */
  Sample measure(int depth) throws InterruptedException {
    long allocated = server.number("allocated");
    double cpu = server.proc().cpuSeconds();
    Load.Result load = load(depth, settings.seconds());
    cpu = server.proc().cpuSeconds() - cpu;
    return Sample.of(cpu, server.number("allocated") - allocated, load);
  }

  Load.Result load(int depth, double seconds) throws InterruptedException {
    return client.load(server, port, work, settings.connections(), depth, seconds);
  }

  /** Opens as many idle connections as the settings say. */
  void openIdle() throws InterruptedException {
    client.open(server, port, settings.idle());
  }

  void closeIdle() throws InterruptedException {
    client.close(server);
  }

  Child server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
