package readiness.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;
import readiness.kernel.Recording;
import readiness.server.Handler;
import readiness.server.HttpProtocol;
import readiness.server.HttpServer;
import readiness.server.Limits;

/** The server of chapter 6 with a handler that gives every request the same small answer. */
final class ReferenceServer {
  private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TYPE = Served.CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII);
  private static final MemorySegment BODY = MemorySegment.ofArray(Served.BODY);

  private static final Handler HANDLER =
      (_, response) -> response.status(200).header(CONTENT_TYPE, TYPE).body(BODY);

  private ReferenceServer() {}

  private static void serve(InetSocketAddress address) throws IOException {
    try (HttpServer server = HttpServer.start(address, HANDLER)) {
      Served.converse(server.address().getPort());
    }
  }

  /** The same server, with every system call of its loop counted. */
  private static void serveCounted(InetSocketAddress address) throws IOException {
    Linux linux = new Linux();
    Recording kernel = Recording.of(linux, new LinuxEpoll());
    try (EventLoop loop = new EventLoop(kernel, kernel, System::nanoTime, new SpareBuffers())) {
      HttpProtocol http = new HttpProtocol(HANDLER, Limits.USUAL, System::currentTimeMillis);
      int listener = loop.listen(address, 1024, http);
      Thread thread = new Thread(loop::run, "loop");
      thread.setDaemon(true);
      thread.start();
      // Read on another thread: exact once the load has ended.
      Served.converse(linux.getsockname(listener).getPort(), kernel::count);
    }
  }

  /**
   * Serves until the input ends.
   *
   * @param args {@code --count} to count system calls
   */
  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (args.length > 0) {
      serveCounted(address);
    } else {
      serve(address);
    }
  }
}
