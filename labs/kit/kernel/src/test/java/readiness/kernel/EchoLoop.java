package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Errno.EAGAIN;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A small loop that echoes correctly, whatever the menu. The tests of the simulation run it, and
 * subclasses of it that each get one thing wrong.
 */
class EchoLoop implements AutoCloseable {
  static final int MAX = 16;
  static final int ROOM = 4096;

  /** What one connection still has to send. */
  static final class Rest {
    byte[] bytes = {};
    boolean ended;
  }

  final Sockets sockets;
  final Epoll epoll;
  final EventLayout layout;
  final Arena arena = Arena.ofConfined();
  final MemorySegment events;
  final MemorySegment buffer = arena.allocate(ROOM);
  final TreeMap<Integer, Rest> connections = new TreeMap<>();
  final int epfd;
  final int listener;

  EchoLoop(Simulation simulation) {
    this(simulation, simulation, simulation.layout());
  }

  EchoLoop(Sockets sockets, Epoll epoll, EventLayout layout) {
    this.sockets = sockets;
    this.epoll = epoll;
    this.layout = layout;
    events = arena.allocate((long) MAX * layout.size());
    epfd = epoll.create(0);
    listener = sockets.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockets.bind(listener, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    sockets.listen(listener, 128);
    epoll.add(epfd, listener, EPOLLIN, listener);
  }

  InetSocketAddress address() {
    return Objects.requireNonNull(sockets.getsockname(listener));
  }

  /** How long a turn waits at most, in milliseconds. */
  int patience() {
    return -1;
  }

  void turn() {
    int count = epoll.await(epfd, events, MAX, patience());
    for (int i = 0; i < count; i++) {
      int fd = (int) layout.token(events, i);
      if (fd == listener) {
        accept();
      } else if (connections.containsKey(fd)) {
        serve(fd, layout.events(events, i));
      }
    }
  }

  void accept() {
    int fd;
    while ((fd = sockets.accept4(listener, SOCK_NONBLOCK)) >= 0) {
      connections.put(fd, new Rest());
      epoll.add(epfd, fd, EPOLLIN, fd);
    }
  }

  void serve(int fd, int ready) {
    if ((ready & EPOLLOUT) != 0) {
      write(fd);
    } else {
      read(fd);
    }
  }

  void read(int fd) {
    Rest rest = rest(fd);
    int received = sockets.recv(fd, buffer, 0, ROOM, 0);
    if (received > 0) {
      rest.bytes = buffer.asSlice(0, received).toArray(JAVA_BYTE);
      write(fd);
    } else if (received == 0) {
      rest.ended = true;
      write(fd);
    } else if (received != -EAGAIN) {
      close(fd);
    }
  }

  void write(int fd) {
    Rest rest = rest(fd);
    int length = rest.bytes.length;
    if (length > 0) {
      MemorySegment.copy(rest.bytes, 0, buffer, JAVA_BYTE, 0, length);
      int sent = sockets.send(fd, buffer, 0, length, 0);
      if (sent < 0 && sent != -EAGAIN) {
        close(fd);
        return;
      }
      rest.bytes = Arrays.copyOfRange(rest.bytes, Math.max(sent, 0), length);
    }
    if (rest.bytes.length == 0 && rest.ended) {
      close(fd);
    } else {
      watch(fd, rest.bytes.length > 0 ? EPOLLOUT : EPOLLIN);
    }
  }

  void watch(int fd, int events) {
    epoll.modify(epfd, fd, events, fd);
  }

  Rest rest(int fd) {
    return Objects.requireNonNull(connections.get(fd));
  }

  void close(int fd) {
    connections.remove(fd);
    sockets.close(fd);
  }

  @Override
  public void close() {
    for (int fd : connections.keySet()) {
      sockets.close(fd);
    }
    sockets.close(listener);
    epoll.close(epfd);
    arena.close();
  }
}
