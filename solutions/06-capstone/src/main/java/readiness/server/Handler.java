package readiness.server;

/** Answers requests. Called on the loop's thread: while it runs, every other client waits. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request: a status, any number of fields, and then exactly one of {@link
   * ResponseWriter#body}, {@link ResponseWriter#stream} and {@link ResponseWriter#empty}.
   *
   * <p>Or the answer comes later: {@link ResponseWriter#later}, and nothing else. Then the requests
   * behind are taken up meanwhile; the answers leave in the order of the requests.
   *
   * <p>What it throws becomes a 500, and the connection is closed.
   *
   * @param request valid during this call only; {@link Request#detached} is a copy that stays
   * @param response where the answer goes, for this call only
   */
  void handle(Request request, ResponseWriter response);

  /**
   * Whether the body of a request is wanted, and how much of one. Asked when its head is there; if
   * it is, {@link #handle} is called when the whole body is. A longer one is answered 413.
   *
   * @param request valid during this call only
   * @return in bytes; 0 if the body is to be passed over, and the answer need not wait for it
   */
  default long bodyLimit(Request request) {
    return 0;
  }
}
