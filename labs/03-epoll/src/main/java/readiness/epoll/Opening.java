package readiness.epoll;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/**
 * Makes the sockets of a loop: one that listens, or one that is yet to be connected. They neither
 * block nor are they inherited by programs that this one starts.
 */
final class Opening {
  private final Sockets sockets;

  Opening(Sockets sockets) {
    this.sockets = sockets;
  }

  /**
   * A socket that listens on {@code address}.
   *
   * @param shared other loops may listen on the address as well, if all of them say so
   * @throws IllegalArgumentException if the address is a name that was not looked up
   * @throws IllegalStateException if the kernel refuses, with the call, the address and the reason;
   *     nothing is left open then
   */
  int listener(InetSocketAddress address, int backlog, boolean shared) {
    int fd = socket(address);
    try {
      check("SO_REUSEADDR", sockets.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1));
      if (shared) {
        check("SO_REUSEPORT", sockets.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1));
      }
      check("bind to " + address, sockets.bind(fd, address));
      check("listen on " + address, sockets.listen(fd, backlog));
      return fd;
    } catch (RuntimeException e) {
      sockets.close(fd);
      throw e;
    }
  }

  /**
   * A TCP socket for {@code address}, which decides between IPv4 and IPv6.
   *
   * @throws IllegalArgumentException if the address is a name that was not looked up
   * @throws IllegalStateException if the kernel refuses
   */
  int socket(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "%s is not looked up, and the loop cannot wait for that".formatted(address));
    }
    boolean six = address.getAddress() instanceof Inet6Address;
    int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
    int fd = check("socket", sockets.socket(six ? Sockets.AF_INET6 : Sockets.AF_INET, type, 0));
    // Accepted connections inherit it. Requests and answers leave in one piece each, so nothing is
    // gained by holding back.
    sockets.setsockopt(fd, Sockets.IPPROTO_TCP, Sockets.TCP_NODELAY, 1);
    return fd;
  }

  /** Where {@code fd} is bound, with the port that it was given. */
  InetSocketAddress localAddress(int fd) {
    InetSocketAddress address = sockets.getsockname(fd);
    if (address == null) {
      throw new IllegalStateException("getsockname on fd %d fails".formatted(fd));
    }
    return address;
  }

  /** The result of a call that a loop cannot do without. */
  static int check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("%s: %s".formatted(call, Errno.name(result)));
    }
    return result;
  }
}
