package readiness.server;

/** Answers requests. Called on the loop's thread: while it runs, every other client waits. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request: a status, any number of fields, and then exactly one of {@link
   * ResponseWriter#body}, {@link ResponseWriter#stream} and {@link ResponseWriter#empty}.
   *
   * <p>What it throws becomes a 500, and the connection is closed.
   *
   * @param request valid during this call only
   * @param response where the answer goes, for this call only
   */
  void handle(Request request, ResponseWriter response);
}
