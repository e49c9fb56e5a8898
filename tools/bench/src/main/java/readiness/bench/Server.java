package readiness.bench;

/** Who is measured. */
enum Server {
  READINESS("readiness", ReferenceServer.class),
  BARE_LOOP("bare loop", BareLoop.class),
  NETTY("netty", NettyServer.class);

  final String label;
  private final Class<?> main;

  Server(String label, Class<?> main) {
    this.label = label;
    this.main = main;
  }

  /** Starts it in a process of its own; the first line that this prints is the port. */
  Child start(String... arguments) {
    return new Child(main, arguments);
  }
}
