package readiness.experiment.epoll;

import static readiness.kernel.Sockets.AF_INET;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;
import static readiness.kernel.Sockets.SOCK_STREAM;
import static readiness.kernel.Sockets.SOL_SOCKET;
import static readiness.kernel.Sockets.SO_LINGER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import readiness.kernel.Errno;
import readiness.kernel.Linux;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/** Connections on the loopback interface, accepted here, from {@link Peers} in another process. */
final class Accepted implements AutoCloseable {
  /** So many may be under way to be accepted: no more than any kernel allows. */
  private static final int AT_ONCE = 100;

  private final Linux sockets = new Linux();
  private final int listener;
  private final Respondent peers;
  private int[] fds = {};

  Accepted() {
    listener = check("socket", sockets.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      check("bind", sockets.bind(listener, new InetSocketAddress(here, 0)));
      check("listen", sockets.listen(listener, 2 * AT_ONCE));
      InetSocketAddress address = sockets.getsockname(listener);
      if (address == null) {
        throw new IllegalStateException("getsockname fails");
      }
      peers =
          Jvm.own()
              .with("-XX:+UseSerialGC", "-Xmx64m")
              .start("the clients", Peers.class, String.valueOf(address.getPort()));
    } catch (RuntimeException e) {
      sockets.close(listener);
      throw e;
    }
  }

  /** Sees to it that there are so many connections, and returns their descriptors here. */
  int[] grow(int many) {
    int next = fds.length;
    fds = Arrays.copyOf(fds, many);
    Arrays.fill(fds, next, many, -1);
    while (next < many) {
      int more = Math.min(AT_ONCE, many - next);
      peers.number("connect " + more);
      for (int end = next + more; next < end; next++) {
        fds[next] = check("accept4", sockets.accept4(listener, SOCK_NONBLOCK | SOCK_CLOEXEC));
      }
    }
    return fds.clone();
  }

  /** Has a byte arrive on each of the first so many connections, to be left unread. */
  void makeReady(int first) {
    peers.number("send " + first);
  }

  /** Takes what has arrived, on all of them. */
  void drain() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64);
      for (int fd : fds) {
        sockets.recv(fd, buffer, 0, 64, 0);
      }
    }
  }

  /** Resets the connections: none is to wait for a minute in TIME_WAIT afterwards. */
  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment atOnce = arena.allocateFrom(ValueLayout.JAVA_INT, 1, 0);
      for (int fd : fds) {
        if (fd >= 0) {
          sockets.setsockopt(fd, SOL_SOCKET, SO_LINGER, atOnce);
          sockets.close(fd);
        }
      }
    }
    sockets.close(listener);
    peers.close();
  }

  private static int check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("%s: %s".formatted(call, Errno.name(result)));
    }
    return result;
  }
}
