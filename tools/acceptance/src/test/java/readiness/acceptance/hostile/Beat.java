package readiness.acceptance.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A clock that the server drives: it asks, and ticks with each answer. What somebody sends before a
 * question, a server that takes events in their order has read before it answers.
 */
final class Beat implements AutoCloseable {
  /**
   * So many ticks after something was sent, it has been read: one question may be under way, the
   * connection is accepted in one turn and read in another, and there is one to spare.
   */
  static final int READ = 4;

  private static final byte[] QUESTION =
      "HEAD /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final String END = "\r\n\r\n";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(4096);
  private long ticks;

  Beat(InetSocketAddress server, Selector selector) throws IOException {
    channel = SocketChannel.open(server);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
    ask();
  }

  private void ask() throws IOException {
    channel.write(ByteBuffer.wrap(QUESTION));
  }

  /** How many answers there have been. */
  long ticks() {
    return ticks;
  }

  /** Reads what there is. */
  void read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new IOException(
          "the server closes the connection of somebody who only asks for a head");
    }
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    if (text.endsWith(END)) {
      answer.clear();
      ticks++;
      ask();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
