package readiness.kernel;

import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Errno.EAGAIN;
import static readiness.kernel.Errno.EINTR;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The smallest loop that echoes correctly, level-triggered, whatever the menu: what the kit's tests
 * of the simulation run on it. What subclasses override is what they get wrong.
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
  final Map<Integer, Rest> connections = new HashMap<>();
  final int epfd;
  final int listener;

  EchoLoop(Sockets sockets, Epoll epoll, EventLayout layout) {
    this.sockets = sockets;
    this.epoll = epoll;
    this.layout = layout;
    events = arena.allocate((long) MAX * layout.size());
    epfd = epoll.create(0);
    listener = open();
  }

  /** An echo loop on a simulation in the machine's own layout. */
  EchoLoop(Simulation simulation) {
    this(simulation, simulation, simulation.layout());
  }

  private int open() {
    int fd;
    do {
      fd = sockets.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | SOCK_NONBLOCK, 0);
    } while (fd == -Errno.EMFILE);
    sockets.bind(fd, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    sockets.listen(fd, 128);
    epoll.add(epfd, fd, EPOLLIN, fd);
    return fd;
  }

  InetSocketAddress address() {
    return sockets.getsockname(listener);
  }

  void turn() {
    int count = epoll.await(epfd, events, MAX, -1);
    if (count == -EINTR) {
      return;
    }
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
    while ((fd = sockets.accept4(listener, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
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
    int received = sockets.recv(fd, buffer, 0, ROOM, 0);
    if (received == -EAGAIN) {
      return;
    }
    Rest rest = connections.get(fd);
    if (received > 0) {
      byte[] more = new byte[received];
      MemorySegment.copy(buffer, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, more, 0, received);
      rest.bytes = more;
    } else if (received == 0) {
      rest.ended = true;
    } else {
      close(fd);
      return;
    }
    write(fd);
  }

  void write(int fd) {
    Rest rest = connections.get(fd);
    int length = rest.bytes.length;
    if (length > 0) {
      MemorySegment.copy(rest.bytes, 0, buffer, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, length);
      int sent = sockets.send(fd, buffer, 0, length, 0);
      if (sent < 0 && sent != -EAGAIN) {
        close(fd);
        return;
      }
      rest.bytes = java.util.Arrays.copyOfRange(rest.bytes, Math.max(sent, 0), length);
    }
    if (rest.bytes.length == 0 && rest.ended) {
      close(fd);
    } else {
      epoll.modify(epfd, fd, rest.bytes.length > 0 ? EPOLLOUT : EPOLLIN, fd);
    }
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
