package readiness.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The client: a number of connections on one selector, each of which sends a batch of requests,
 * waits for all its answers and sends the next. A closed loop, that is: it measures what the server
 * can do, and its latencies leave out what a client that does not wait would have seen.
 *
 * <p>As a program it answers lines of {@code port connections depth milliseconds} with {@link
 * Result}s.
 */
final class Load {
  static final byte[] REQUEST =
      "GET /hello HTTP/1.1\r\nHost: localhost\r\nUser-Agent: readiness\r\nAccept: */*\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  /** The first eight bytes of "HTTP/1.1 200 OK", and the next four. */
  private static final long VERSION = ByteBuffer.wrap(ascii("HTTP/1.1")).getLong();

  private static final int STATUS = ByteBuffer.wrap(ascii(" 200")).getInt();

  private final int depth;
  private final int answer;
  private final ByteBuffer batch;
  private final Histogram latencies = new Histogram(60_000_000_000L, 3);
  private long requests;

  /** One connection's state: what has arrived of the batch that is under way. */
  private static final class Peer {
    final ByteBuffer answers;
    long sent;

    Peer(int size) {
      answers = ByteBuffer.allocateDirect(size);
    }
  }

  /**
   * What a run showed.
   *
   * @param requests how many were answered
   * @param seconds how long it took
   * @param micros latency at the 50th, 99th and 99.9th percentile, in microseconds
   */
  record Result(long requests, double seconds, double[] micros) {
    static Result parse(String line) {
      String[] fields = line.split(" ");
      return new Result(
          Long.parseLong(fields[0]),
          Double.parseDouble(fields[1]),
          new double[] {
            Double.parseDouble(fields[2]),
            Double.parseDouble(fields[3]),
            Double.parseDouble(fields[4])
          });
    }

    @Override
    public String toString() {
      return requests + " " + seconds + " " + micros[0] + " " + micros[1] + " " + micros[2];
    }

    double rate() {
      return requests / seconds;
    }
  }

  private Load(int depth, int answer) {
    this.depth = depth;
    this.answer = answer;
    this.batch = ByteBuffer.allocateDirect(depth * REQUEST.length);
    for (int i = 0; i < depth; i++) {
      batch.put(REQUEST);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Asks once and returns the whole answer, which ends where its Content-Length says. */
  static String fetch(int port) throws IOException {
    try (SocketChannel channel = connect(port)) {
      channel.write(ByteBuffer.wrap(REQUEST));
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      while (channel.read(buffer) >= 0) {
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
        int head = text.indexOf("\r\n\r\n");
        if (head >= 0 && text.length() == head + 4 + contentLength(text.substring(0, head))) {
          return text;
        }
      }
      throw new IOException("the server closed before its answer was complete");
    }
  }

  private static int contentLength(String head) throws IOException {
    return head.lines()
        .filter(line -> line.toLowerCase().startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("no Content-Length in:\n" + head));
  }

  private static SocketChannel connect(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  /** Keeps {@code connections} busy with {@code depth} requests each until the time is over. */
  static Result run(int port, int connections, int depth, long millis) throws IOException {
    Load load = new Load(depth, fetch(port).length());
    List<SocketChannel> channels = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime();
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = connect(port);
        channels.add(channel);
        Peer peer = new Peer(depth * load.answer);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, peer);
        load.send(channel, peer);
      }
      long end = start + millis * 1_000_000;
      while (System.nanoTime() < end) {
        selector.select(load::readable);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(
          load.requests,
          seconds,
          new double[] {load.micros(50), load.micros(99), load.micros(99.9)});
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private double micros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }

  private void send(SocketChannel channel, Peer peer) throws IOException {
    batch.flip();
    peer.sent = System.nanoTime();
    channel.write(batch);
    if (batch.hasRemaining()) {
      throw new IOException("a batch did not fit into the socket: pipeline less deeply");
    }
  }

  private void readable(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    Peer peer = (Peer) key.attachment();
    try {
      if (channel.read(peer.answers) < 0) {
        throw new IOException("the server closed a connection");
      }
      if (!peer.answers.hasRemaining()) {
        verify(peer.answers);
        requests += depth;
        latencies.recordValueWithCount(System.nanoTime() - peer.sent, depth);
        peer.answers.clear();
        send(channel, peer);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Every answer begins where it must and is a 200. */
  private void verify(ByteBuffer answers) throws IOException {
    for (int i = 0; i < depth; i++) {
      if (answers.getLong(i * answer) != VERSION || answers.getInt(i * answer + 8) != STATUS) {
        throw new IOException("not a 200, or not where it should begin");
      }
    }
  }

  public static void main(String[] args) throws IOException {
    try (var orders = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        String[] order = line.split(" ");
        IO.println(
            run(
                Integer.parseInt(order[0]),
                Integer.parseInt(order[1]),
                Integer.parseInt(order[2]),
                Long.parseLong(order[3])));
      }
    }
  }
}
