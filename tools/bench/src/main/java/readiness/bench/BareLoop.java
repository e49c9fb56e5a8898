package readiness.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import readiness.epoll.Connection;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.Protocol;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;

/**
 * The event loop of chapter 3 without HTTP: it counts the bytes of requests that are all the same
 * and sends an answer that was made beforehand. What the reference server costs beyond this is what
 * reading requests and writing answers costs.
 */
final class BareLoop implements Protocol {
  private static final int DEEPEST = 64;

  private final MemorySegment answers;
  private final int request;
  private final int answer;

  private BareLoop(MemorySegment answers, int request, int answer) {
    this.answers = answers;
    this.request = request;
    this.answer = answer;
  }

  @Override
  public long received(Connection connection, MemorySegment input, long from, long to) {
    long whole = Math.min(DEEPEST, (to - from) / request);
    connection.send(answers, 0, whole * answer);
    return whole * request;
  }

  public static void main(String[] args) throws IOException {
    byte[] one = Served.answer().getBytes(StandardCharsets.US_ASCII);
    MemorySegment answers = Arena.global().allocate((long) DEEPEST * one.length);
    for (int i = 0; i < DEEPEST; i++) {
      MemorySegment.copy(MemorySegment.ofArray(one), 0, answers, (long) i * one.length, one.length);
    }
    Linux sockets = new Linux();
    try (EventLoop loop =
        new EventLoop(sockets, new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      int fd =
          loop.listen(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              1024,
              () -> new BareLoop(answers, Load.REQUEST.length, one.length));
      int port = sockets.getsockname(fd).getPort();
      Thread thread = new Thread(loop::run, "loop");
      thread.setDaemon(true);
      thread.start();
      Served.converse(port);
    }
  }
}
