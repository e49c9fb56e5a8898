package readiness.experiment.epoll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients of an echo server on the loopback interface. */
final class EchoClients implements AutoCloseable {
  private static final int MESSAGE = 128;

  private final int port;
  private final List<SocketChannel> channels = new ArrayList<>();
  private long echoes;

  EchoClients(int port) {
    this.port = port;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channels.add(channel);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // None is to wait for a minute in TIME_WAIT afterwards.
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    return channel;
  }

  /** Connects so many more, lets each be answered once, and leaves them alone from then on. */
  void idle(int many) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(MESSAGE);
    for (int i = 0; i < many; i++) {
      SocketChannel channel = connect();
      message.clear();
      channel.write(message);
      message.clear();
      while (message.hasRemaining() && channel.read(message) >= 0) {
        // Until the whole message is back.
      }
    }
  }

  /**
   * Keeps so many connections busy with one message each, and closes them.
   *
   * @return how many were echoed
   */
  long load(int connections, int millis) throws IOException {
    echoes = 0;
    try (Selector selector = Selector.open()) {
      List<SocketChannel> busy = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = connect();
        busy.add(channel);
        channel.configureBlocking(false);
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        channel.write(message);
        message.clear();
        channel.register(selector, SelectionKey.OP_READ, message);
      }
      long end = System.nanoTime() + millis * 1_000_000L;
      while (System.nanoTime() - end < 0) {
        selector.select(this::read, 100);
      }
      for (SocketChannel channel : busy) {
        channel.close();
      }
      channels.removeAll(busy);
    }
    return echoes;
  }

  private void read(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    ByteBuffer message = (ByteBuffer) key.attachment();
    try {
      if (channel.read(message) < 0) {
        throw new IOException("the server closed a connection");
      }
      if (!message.hasRemaining()) {
        echoes++;
        message.flip();
        channel.write(message);
        message.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
