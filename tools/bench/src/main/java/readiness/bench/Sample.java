package readiness.bench;

/**
 * One server in one round.
 *
 * @param cpuMicros processor time for a request, in microseconds, user and kernel mode
 * @param busy how much of the time the server's process was running, 1 being one processor
 * @param allocated bytes of heap for a request
 * @param load what the client saw
 */
record Sample(double cpuMicros, double busy, double allocated, Load.Result load) {
  /** The heading under which {@link #row} fits. */
  static final String HEADING =
      "%-6s%-11s%6s%12s%7s%12s%12s%9s%9s%9s"
          .formatted(
              "round",
              "server",
              "depth",
              "cpu µs/req",
              "busy",
              "heap B/req",
              "requests/s",
              "p50 µs",
              "p99 µs",
              "p99.9");

  String row(int round, Server server, int depth) {
    return "%-6d%-11s%6d%12.3f%7.2f%12.1f%12.0f%9.0f%9.0f%9.0f"
        .formatted(
            round,
            server.label,
            depth,
            cpuMicros,
            busy,
            allocated,
            load.rate(),
            load.micros()[0],
            load.micros()[1],
            load.micros()[2]);
  }
}
