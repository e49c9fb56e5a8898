package readiness.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import readiness.kernel.Linux;
import readiness.kernel.Sockets;

/**
 * A loop that listens on the real kernel, with nothing in between, and is turned by the test.
 *
 * <p>What is sent on the loopback interface is there soon, and not at once: a test either turns as
 * long as something is sure to come, or so often that it does not matter when.
 */
final class RealServer implements AutoCloseable {
  /** The way to a client holds little: so much is asked for at both ends, and Linux doubles it. */
  private static final int NARROW = 16 * 1024;

  final EventLoop loop;
  private final InetSocketAddress address;

  RealServer(Trigger trigger, Supplier<Protocol> protocol) {
    Linux linux = new Linux();
    loop = Loops.of(linux, new LinuxEpoll(), System::nanoTime, new SpareBuffers(), trigger);
    loop.onAccept(fd -> linux.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, NARROW));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    address = linux.getsockname(loop.listen(any, 128, protocol));
  }

  /** Somebody connects, to whom the way is narrow. The test closes the socket. */
  Socket client() throws IOException {
    return connected(new Socket());
  }

  /** The same, for one that does not wait when the way is full. */
  SocketChannel channel() throws IOException {
    SocketChannel client = SocketChannel.open();
    connected(client.socket());
    client.configureBlocking(false);
    return client;
  }

  private Socket connected(Socket client) throws IOException {
    client.setReceiveBufferSize(NARROW);
    client.setTcpNoDelay(true);
    client.connect(address);
    return client;
  }

  /** One turn, which serves what is ready and does not wait. */
  void look() {
    loop.stop();
    loop.turn();
  }

  @Override
  public void close() {
    loop.close();
  }
}
