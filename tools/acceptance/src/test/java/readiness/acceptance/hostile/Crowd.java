package readiness.acceptance.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/** Hostile clients, many at a time, on one thread. */
final class Crowd implements AutoCloseable {
  /** How long the server may leave one of them, who has said something, without a sign. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private static final int BOTH = SelectionKey.OP_READ | SelectionKey.OP_WRITE;

  private final InetSocketAddress server;
  private final Selector selector;
  private final Beat beat;
  private final Deque<SelectionKey> waiting = new ArrayDeque<>();
  private final TreeSet<Long> present = new TreeSet<>();
  private final ByteBuffer answers = ByteBuffer.allocateDirect(64 * 1024);
  private long ended;

  /** One of them, under way. */
  private static final class Hostile {
    final Mutant mutant;
    final ByteBuffer bytes;
    long lastSign = System.nanoTime();
    int piece;
    int heard;
    long due;

    Hostile(Mutant mutant) {
      this.mutant = mutant;
      bytes = ByteBuffer.wrap(mutant.bytes());
    }

    boolean hasMore() {
      return piece < mutant.pieces().length;
    }
  }

  Crowd(InetSocketAddress server) throws IOException {
    this.server = server;
    selector = Selector.open();
    beat = new Beat(server, selector);
  }

  /** How many are here. */
  int size() {
    return present.size();
  }

  /** How many have gone. */
  long ended() {
    return ended;
  }

  /** The number of the one that is here for the longest time, or else {@code otherwise}. */
  long oldest(long otherwise) {
    return present.isEmpty() ? otherwise : present.first();
  }

  /**
   * One more comes.
   *
   * @throws IOException if nobody listens
   */
  void come(Mutant mutant) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      // An address has some 28,000 ports, and each is taken for a while after its connection.
      channel.bind(new InetSocketAddress("127.0.1." + (1 + mutant.number() % 250), 0));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
      channel.configureBlocking(false);
      channel.register(selector, BOTH, new Hostile(mutant));
      present.add(mutant.number());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Lets those who can do something do it, or waits for that for a moment. */
  void turn() throws IOException {
    try {
      selector.select(this::act, 100);
      while (!waiting.isEmpty() && isDue(waiting.getFirst())) {
        SelectionKey key = waiting.removeFirst();
        if (key.isValid()) {
          key.interestOps(BOTH);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean isDue(SelectionKey key) {
    return ((Hostile) key.attachment()).due <= beat.ticks();
  }

  /**
   * Looks for clients that were forgotten.
   *
   * @throws IOException if there is one
   */
  void look() throws IOException {
    for (SelectionKey key : new ArrayList<>(selector.keys())) {
      if (key.attachment() instanceof Hostile hostile
          && key.isValid()
          && System.nanoTime() - hostile.lastSign > PATIENCE_NANOS) {
        throw new IOException("is left without an answer and without an end: " + hostile.mutant);
      }
    }
  }

  private void act(SelectionKey key) {
    if (key.attachment() == beat) {
      tick();
      return;
    }
    Hostile hostile = (Hostile) key.attachment();
    hostile.lastSign = System.nanoTime();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isReadable() && !hear(channel, hostile)) {
        leave(channel, hostile);
      } else if (key.isWritable()) {
        speak(key, channel, hostile);
      }
    } catch (UncheckedIOException e) {
      throw e;
    } catch (IOException e) {
      // The server has reset the connection, as it may.
      leave(channel, hostile);
    }
  }

  private void tick() {
    try {
      beat.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what there is; false at the end. */
  private boolean hear(SocketChannel channel, Hostile hostile) throws IOException {
    int n = channel.read(answers.clear());
    for (int i = 0; i < n && hostile.heard < BEGINNING.length; i++) {
      if (answers.get(i) != BEGINNING[hostile.heard++]) {
        throw new UncheckedIOException(
            new IOException("was answered what is not HTTP: " + hostile.mutant));
      }
    }
    return n >= 0;
  }

  /**
   * Sends one piece, or as much of it as the socket takes, and then waits: the server is to see
   * them one by one. When there are no more, goes.
   */
  private void speak(SelectionKey key, SocketChannel channel, Hostile hostile) throws IOException {
    if (hostile.hasMore()) {
      int end = hostile.mutant.pieces()[hostile.piece];
      channel.write(hostile.bytes.limit(end));
      if (!hostile.bytes.hasRemaining()) {
        hostile.piece++;
        hostile.due = beat.ticks() + Beat.READ;
        key.interestOps(SelectionKey.OP_READ);
        waiting.addLast(key);
      }
    } else {
      if (hostile.mutant.ending() == Mutant.Ending.HALF_CLOSES) {
        channel.shutdownOutput();
        key.interestOps(SelectionKey.OP_READ);
      } else {
        leave(channel, hostile);
      }
    }
  }

  private void leave(SocketChannel channel, Hostile hostile) {
    try {
      if (hostile.mutant.ending() == Mutant.Ending.RESETS) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    present.remove(hostile.mutant.number());
    ended++;
  }

  /** Sends the last ones away. */
  @Override
  public void close() throws IOException {
    List<SelectionKey> keys = new ArrayList<>(selector.keys());
    for (SelectionKey key : keys) {
      key.channel().close();
    }
    selector.close();
  }
}
