package readiness.bench.epoll;

import java.io.IOException;
import readiness.epoll.EchoServer;

/** The echo server of chapter 3. */
final class LoopEcho {
  private LoopEcho() {}

  /**
   * Serves until the input ends.
   *
   * @param args {@link LoopServer#COUNT} or nothing
   */
  public static void main(String[] args) throws IOException {
    Served.failAsOne();
    if (args.length > 0) {
      LoopServer.serveCounted(EchoServer::new);
    } else {
      LoopServer.serve(EchoServer::new);
    }
  }
}
