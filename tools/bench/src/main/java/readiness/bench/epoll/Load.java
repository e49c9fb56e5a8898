package readiness.bench.epoll;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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
import java.util.Locale;
import org.HdrHistogram.Histogram;
import readiness.measure.Respondent;

/**
 * The client: a number of connections on one selector, each of which sends a batch of requests,
 * waits for all its answers and sends the next. A closed loop, that is: it measures what the server
 * can do, and its latencies leave out what a client that does not wait would have seen.
 */
final class Load {
  /** How long a server may take for the answers that are still due when the time is over. */
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Work work;
  private final int depth;
  private final int answer;
  private final ByteBuffer batch;
  private final Histogram latencies = new Histogram(60_000_000_000L, 3);
  private final long end;
  private long requests;
  private int busy;

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

  private Load(Work work, int depth, int answer, long end) {
    this.work = work;
    this.depth = depth;
    this.answer = answer;
    this.end = end;
    this.batch = ByteBuffer.allocateDirect(depth * work.request().length);
    for (int i = 0; i < depth; i++) {
      batch.put(work.request());
    }
  }

  /** Asks once and returns the whole answer, which ends where its Content-Length says. */
  static String fetch(int port) throws IOException {
    try (SocketChannel channel = connect(port)) {
      channel.write(ByteBuffer.wrap(Work.HTTP.request()));
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
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
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

  /**
   * Keeps {@code connections} busy with {@code depth} requests each until the time is over, then
   * waits for the answers that are still due.
   *
   * @throws IOException if an answer is wrong or does not come
   */
  static Result run(int port, Work work, int connections, int depth, long millis)
      throws IOException {
    int answer = work.answerLength(port);
    long start = System.nanoTime();
    Load load = new Load(work, depth, answer, start + millis * 1_000_000);
    List<SocketChannel> channels = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = connect(port);
        channels.add(channel);
        Peer peer = new Peer(depth * answer);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, peer);
        load.send(channel, peer);
        load.busy++;
      }
      load.drive(selector);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(
          load.requests,
          seconds,
          new double[] {load.micros(50), load.micros(99), load.micros(99.9)});
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private void drive(Selector selector) throws IOException {
    while (busy > 0) {
      long left = end + PATIENCE_NANOS - System.nanoTime();
      if (left <= 0) {
        throw new IOException(
            "%d connections got no whole answer within %d s"
                .formatted(busy, PATIENCE_NANOS / 1_000_000_000));
      }
      selector.select(this::readable, left / 1_000_000 + 1);
    }
  }

  private double micros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }

  private void send(SocketChannel channel, Peer peer) throws IOException {
    batch.rewind();
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
        answered(channel, peer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answered(SocketChannel channel, Peer peer) throws IOException {
    long now = System.nanoTime();
    if (!work.areAnswers(peer.answers.flip(), batch.rewind(), answer)) {
      throw new IOException("an answer is wrong, or is not where it should begin");
    }
    requests += depth;
    latencies.recordValueWithCount(now - peer.sent, depth);
    peer.answers.clear();
    if (now < end) {
      send(channel, peer);
    } else {
      busy--;
    }
  }

  /** A process that makes load as it is told, the same one for all servers. */
  static final class Program {
    /** The connections that were opened to be idle. */
    private static final List<SocketChannel> IDLE = new ArrayList<>();

    private Program() {}

    /**
     * Answers lines until the input ends: {@code run PORT WORK CONNECTIONS DEPTH MILLISECONDS} with
     * a {@link Result}; {@code open PORT N} when N connections are open, each of which has sent one
     * message to an echo server and heard it; {@code close} when they are closed. Instead of an
     * answer there may be {@link Respondent#ERROR} and why.
     */
    public static void main(String[] args) throws IOException {
      try (var orders = new BufferedReader(new InputStreamReader(System.in))) {
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
          IO.println(answer(line.split(" ")));
        }
      }
    }

    private static String answer(String[] order) {
      try {
        switch (order[0]) {
          case "run" -> {
            return run(
                    Integer.parseInt(order[1]),
                    Work.valueOf(order[2]),
                    Integer.parseInt(order[3]),
                    Integer.parseInt(order[4]),
                    Long.parseLong(order[5]))
                .toString();
          }
          case "open" ->
              IdleConnections.open(Integer.parseInt(order[1]), Integer.parseInt(order[2]), IDLE);
          case "close" -> IdleConnections.close(IDLE);
          default -> throw new IllegalArgumentException(order[0]);
        }
        return "done";
      } catch (IOException e) {
        return Respondent.ERROR + e.getMessage();
      }
    }
  }
}
