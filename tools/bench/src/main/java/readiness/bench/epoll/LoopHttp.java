package readiness.bench.epoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import readiness.server.Handler;
import readiness.server.HttpProtocol;
import readiness.server.HttpServer;
import readiness.server.Limits;
import readiness.server.Patience;

/** The server of chapter 6 with a handler that gives every request the same small answer. */
final class LoopHttp {
  private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TYPE = Served.CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII);
  private static final MemorySegment BODY = MemorySegment.ofArray(Served.BODY);

  private static final Handler HANDLER =
      (_, response) -> response.status(200).header(CONTENT_TYPE, TYPE).body(BODY);

  /** Asks for a group of loops, of so many as the next argument says. */
  static final String LOOPS = "--loops";

  private LoopHttp() {}

  /**
   * Serves until the input ends.
   *
   * @param args {@link LoopServer#COUNT}, or {@link #LOOPS} and how many, or nothing
   */
  public static void main(String[] args) throws IOException {
    Served.failAsOne();
    if (args.length == 1) {
      LoopServer.serveCounted(new HttpProtocol(HANDLER, Limits.USUAL, System::currentTimeMillis));
    } else {
      int loops = args.length == 0 ? 1 : Integer.parseInt(args[1]);
      try (HttpServer server =
          HttpServer.start(Served.address(), loops, () -> HANDLER, Limits.USUAL, Patience.USUAL)) {
        Served.converse(server.address().getPort());
      }
    }
  }
}
