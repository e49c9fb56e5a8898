package readiness.epoll;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import readiness.kernel.Linux;

/** Sends back what it receives (RFC 862), to everyone at once, on one thread. */
public final class EchoServer implements Protocol {
  @Override
  public long received(Connection connection, MemorySegment input, long from, long to) {
    connection.send(input, from, to - from);
    return to - from;
  }

  /**
   * Serves on the loopback interface until it is interrupted.
   *
   * @param args the port; 7007 if there is none
   */
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    try (EventLoop loop =
        new EventLoop(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      loop.listen(address, 128, EchoServer::new);
      System.out.println("Echo on " + address + ". Try: nc 127.0.0.1 " + port);
      loop.run();
    }
  }
}
