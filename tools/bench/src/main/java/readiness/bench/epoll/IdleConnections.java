package readiness.bench.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Connections to an echo server that have been used once and then keep quiet. */
final class IdleConnections {
  /**
   * So many come from one address; the next ones from the next of 127.0.0.0/8. An address has some
   * 28,000 ports for connections that choose none, ip(7).
   */
  private static final int FROM_ONE_ADDRESS = 8192;

  private IdleConnections() {}

  /** Opens {@code n} of them, one after the other, and adds them to {@code open}. */
  static void open(int port, int n, List<SocketChannel> open) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ByteBuffer message = ByteBuffer.wrap(Work.ECHO.request());
    ByteBuffer answer = ByteBuffer.allocate(message.capacity());
    for (int i = 0; i < n; i++) {
      SocketChannel channel = SocketChannel.open();
      open.add(channel);
      channel.bind(new InetSocketAddress("127.0.0." + (2 + i / FROM_ONE_ADDRESS), 0));
      channel.connect(server);
      channel.write(message.rewind());
      answer.clear();
      while (answer.hasRemaining()) {
        if (channel.read(answer) < 0) {
          throw new IOException("the server closed idle connection number " + (i + 1));
        }
      }
      if (!answer.flip().equals(message.rewind())) {
        throw new IOException("a wrong answer on idle connection number " + (i + 1));
      }
    }
  }

  /** Resets all of them, so that none of their ports has to wait in TIME_WAIT. */
  static void close(List<SocketChannel> open) throws IOException {
    for (SocketChannel channel : open) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
    open.clear();
  }
}
