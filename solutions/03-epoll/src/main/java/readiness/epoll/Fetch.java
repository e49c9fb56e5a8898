package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import readiness.kernel.Errno;
import readiness.kernel.Linux;

/**
 * One request of HTTP/1.1 and its answer, on a connection of its own: connects, sends, reads until
 * the answer is whole, and closes.
 */
public final class Fetch implements Protocol {
  private static final int HTTP = 80;

  /** So long the program waits for a server that says nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String host;
  private final MemorySegment request;
  private final ResponseParser parser;
  private final Answer answer;
  private boolean connected;
  private boolean told;

  private Fetch(String method, URI uri, Answer answer) {
    this.host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    this.request = request(method, uri);
    this.parser = new ResponseParser(method.equals("HEAD"), answer);
    this.answer = answer;
  }

  /**
   * Asks for what is at {@code uri}.
   *
   * @param uri {@code http://} and a literal address or {@code localhost}: looking up any other
   *     name would block the loop
   * @param answer hears what becomes of it
   * @return the connection; to close it gives up
   * @throws IllegalArgumentException if {@code uri} is another one
   * @throws IllegalStateException if the kernel has no socket to give
   */
  public static Connection get(EventLoop loop, URI uri, Answer answer) {
    return loop.connect(address(uri), new Fetch("GET", uri, answer));
  }

  /** As {@link #get}, for the head of the answer only. */
  public static Connection head(EventLoop loop, URI uri, Answer answer) {
    return loop.connect(address(uri), new Fetch("HEAD", uri, answer));
  }

  private static InetSocketAddress address(URI uri) {
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("%s: not of the form http://host/".formatted(uri));
    }
    try {
      InetAddress host =
          uri.getHost().equalsIgnoreCase("localhost")
              ? InetAddress.getLoopbackAddress()
              : InetAddress.ofLiteral(uri.getHost());
      return new InetSocketAddress(host, uri.getPort() < 0 ? HTTP : uri.getPort());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private MemorySegment request(String method, URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String target = ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    String text =
        "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, target, host);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    MemorySegment memory = Arena.ofAuto().allocate(bytes.length);
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, bytes.length);
    return memory;
  }

  @Override
  public void connected(Connection connection) {
    connected = true;
    connection.send(request, 0, request.byteSize());
  }

  @Override
  public long received(Connection connection, MemorySegment input, long from, long to) {
    long consumed = parser.parse(input, from, to);
    if (consumed == ResponseParser.BAD) {
      connection.close();
      fail(parser.error());
      return to - from;
    }
    if (parser.isDone()) {
      complete(connection);
    }
    return consumed;
  }

  @Override
  public void ended(Connection connection) {
    if (parser.ended()) {
      complete(connection);
    } else {
      connection.close();
      fail("the server has ended, and this is missing: " + parser.missing());
    }
  }

  @Override
  public void failed(int errno) {
    fail(
        connected
            ? "%s, and this is missing: %s".formatted(Errno.name(errno), parser.missing())
            : "no connection to %s: %s".formatted(host, Errno.name(errno)));
  }

  /** The loop winds up. The answer is on its way, so it may as well come. */
  @Override
  public void stopping(Connection connection) {}

  @Override
  public void closed() {
    fail("closed before the answer was whole");
  }

  private void complete(Connection connection) {
    connection.close();
    if (!told) {
      told = true;
      answer.complete();
    }
  }

  private void fail(String reason) {
    if (!told) {
      told = true;
      answer.failed(reason);
    }
  }

  /**
   * Prints what is at an address.
   *
   * @param args the URI, such as {@code http://127.0.0.1:8080/}
   */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: Fetch http://127.0.0.1:8080/");
      System.exit(2);
    }
    try (EventLoop loop =
        new EventLoop(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      loop.closeIdleAfter(PATIENCE);
      Printer printer = new Printer(loop);
      get(loop, URI.create(args[0]), printer);
      loop.run();
      System.exit(printer.failed ? 1 : 0);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** Writes the body to the standard output, everything else beside it, and stops the loop. */
  private static final class Printer implements Answer {
    private final EventLoop loop;
    private boolean failed;

    Printer(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public void status(int status) {
      System.err.println("status " + status);
    }

    @Override
    public void body(MemorySegment memory, long from, long to) {
      byte[] bytes = memory.asSlice(from, to - from).toArray(JAVA_BYTE);
      System.out.write(bytes, 0, bytes.length);
    }

    @Override
    public void complete() {
      System.out.flush();
      loop.stop();
    }

    @Override
    public void failed(String reason) {
      failed = true;
      System.out.flush();
      System.err.println(reason);
      loop.stop();
    }
  }
}
