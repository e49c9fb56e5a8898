package readiness.server;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import readiness.epoll.Defects;
import readiness.epoll.EventLoop;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Buffers;
import readiness.kernel.Fault;
import readiness.kernel.Finding;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;

/** The whole server on a simulated kernel, and clients with scripts. */
final class Served implements AutoCloseable {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 8080);

  final Simulation kernel;
  final Recording recording;
  final Lent buffers = new Lent();
  final HttpProtocol http;
  final EventLoop loop;

  Served(long seed, Handler handler, Fault... menu) {
    this(seed, Limits.USUAL, handler, menu);
  }

  Served(long seed, Limits limits, Handler handler, Fault... menu) {
    kernel = Simulation.seeded(seed, menu);
    recording = Recording.of(kernel, kernel);
    loop = new EventLoop(recording, recording, kernel::nanoTime, buffers);
    loop.onDefect(Defects::rethrow);
    http = new HttpProtocol(handler, limits, () -> 0);
    loop.listen(ADDRESS, 64, http);
  }

  /** A client that connects. */
  Peer client(String name) {
    return kernel.peer(name).connect(ADDRESS);
  }

  /** As above, but that only {@code window} bytes fit between the server and it. */
  Peer client(String name, int window) {
    return kernel.peer(name).window(window).connect(ADDRESS);
  }

  /** Serves until every client has what it waits for. */
  void drive() {
    kernel.drive(loop::turn);
  }

  @Override
  public void close() {
    loop.close();
  }

  /**
   * Holds what a client has received against what it should have received.
   *
   * @param wanted for each answer its status, with a space and its body where that matters
   */
  void expect(Peer client, List<String> wanted) {
    List<Answer> actual = Answer.all(client.received());
    for (int i = 0; i < Math.max(actual.size(), wanted.size()); i++) {
      String expected = i < wanted.size() ? wanted.get(i) : "no more answers";
      String observed = i < actual.size() ? "" + actual.get(i).status() : "no answer";
      if (i < actual.size() && expected.indexOf(' ') > 0) {
        observed += " " + actual.get(i).text();
      }
      if (!expected.equals(observed)) {
        List<String> trace = new ArrayList<>(kernel.tail(12));
        throw new Finding(
            trace,
            "answer %d to %s: %s".formatted(i + 1, client.name(), brief(expected)),
            brief(observed));
      }
    }
  }

  /** Fails, with what happened last. */
  Finding finding(String expected, String observed) {
    return new Finding(kernel.tail(12), expected, observed);
  }

  private static String brief(String text) {
    String escaped = Wire.escape(text.length() > 200 ? text.substring(0, 200) : text);
    return escaped.length() <= 60
        ? escaped
        : "%s… (%,d bytes)".formatted(escaped.substring(0, 60), text.length());
  }

  /** Counts the memory that is lent. */
  static final class Lent implements Buffers {
    private final Buffers spare = new SpareBuffers();
    private long bytes;
    private long most;

    @Override
    public MemorySegment take(long length) {
      MemorySegment taken = spare.take(length);
      bytes += taken.byteSize();
      most = Math.max(most, bytes);
      return taken;
    }

    @Override
    public void give(MemorySegment buffer) {
      bytes -= buffer.byteSize();
      spare.give(buffer);
    }

    /** As many bytes were lent at once. */
    long most() {
      return most;
    }

    /** As many bytes are lent now. */
    long bytes() {
      return bytes;
    }
  }
}
