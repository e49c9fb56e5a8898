package readiness.experiment.epoll;

import static readiness.kernel.Sockets.AF_INET;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;
import static readiness.kernel.Sockets.SOCK_STREAM;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import readiness.kernel.Errno;
import readiness.kernel.Linux;

/**
 * One connection on the loopback interface, both of its ends.
 *
 * @param client the end that has connected; blocking
 * @param server the end that was accepted; non-blocking
 */
record Pair(Linux sockets, int client, int server) implements AutoCloseable {
  static Pair connect() {
    Linux sockets = new Linux();
    int listener = check("socket", sockets.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      check("bind", sockets.bind(listener, new InetSocketAddress(here, 0)));
      check("listen", sockets.listen(listener, 1));
      InetSocketAddress address = sockets.getsockname(listener);
      int client = check("socket", sockets.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
      check("connect", sockets.connect(client, address));
      return new Pair(
          sockets,
          client,
          check("accept4", sockets.accept4(listener, SOCK_NONBLOCK | SOCK_CLOEXEC)));
    } finally {
      sockets.close(listener);
    }
  }

  static int check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("%s: %s".formatted(call, Errno.name(result)));
    }
    return result;
  }

  @Override
  public void close() {
    sockets.close(server);
    sockets.close(client);
  }
}
