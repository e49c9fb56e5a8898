package readiness.bench.epoll;

import readiness.measure.Respondent;

/** One server that runs, and the client that loads it. */
final class Measurement implements AutoCloseable {
  private final Setup setup;
  private final LoadClient client;
  private final Work work;
  private final Respondent server;
  private final int port;

  Measurement(Setup setup, LoadClient client, Work work, Respondent server) {
    this.setup = setup;
    this.client = client;
    this.work = work;
    this.server = server;
    this.port = Integer.parseInt(server.line());
  }

  /** The same load as is measured, for a while. */
  void warmUp(int depth) throws InterruptedException {
    load(depth, setup.warmUp());
  }

  /** What the load costs the server. */
  Sample measure(int depth) throws InterruptedException {
    long allocated = server.number("allocated");
    double cpu = server.proc().cpuSeconds();
    Load.Result load = load(depth, setup.seconds());
    cpu = server.proc().cpuSeconds() - cpu;
    return Sample.of(cpu, server.number("allocated") - allocated, load);
  }

  Load.Result load(int depth, double seconds) throws InterruptedException {
    return client.load(server, port, work, setup.connections(), depth, seconds);
  }

  /** Opens as many idle connections as the setup say. */
  void openIdle() throws InterruptedException {
    client.open(server, port, setup.idle());
  }

  void closeIdle() throws InterruptedException {
    client.close(server);
  }

  Respondent server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
