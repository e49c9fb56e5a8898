package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Sockets.AF_INET;
import static readiness.kernel.Sockets.IPPROTO_TCP;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;
import static readiness.kernel.Sockets.SOCK_STREAM;
import static readiness.kernel.Sockets.SOL_SOCKET;
import static readiness.kernel.Sockets.SO_LINGER;
import static readiness.kernel.Sockets.SO_RCVBUF;
import static readiness.kernel.Sockets.SO_REUSEADDR;
import static readiness.kernel.Sockets.SO_REUSEPORT;
import static readiness.kernel.Sockets.SO_SNDBUF;
import static readiness.kernel.Sockets.SO_TYPE;
import static readiness.kernel.Sockets.TCP_NODELAY;

import java.util.ArrayList;
import java.util.List;

/** Descriptors and their numbers, eventfds, pipes, options. */
final class Descriptors {
  private static final int EFD_SEMAPHORE = 1;
  private static final long MOST = -2;

  private Descriptors() {}

  static List<Scenario> all() {
    return List.of(
        scenario("the lowest free number is used again", Descriptors::lowest),
        scenario("closed is closed", Descriptors::closed),
        scenario("dup shares what it names", Descriptors::dup),
        scenario("no descriptor left: EMFILE everywhere", Descriptors::exhausted),
        scenario(
            "no descriptor left: who waits in the queue stays there", Descriptors::exhaustedAccept),
        scenario("socket refuses what it does not know", Descriptors::badSocket),
        scenario("an eventfd adds up and is read at once", Descriptors::counter),
        scenario("an eventfd as a semaphore gives one at a time", Descriptors::semaphore),
        scenario("an eventfd has a most", Descriptors::counterFull),
        scenario("an eventfd refuses what is no counter", Descriptors::counterBad),
        scenario(
            "edge-triggered: each write to an eventfd is an event, read or not",
            Descriptors::counterEdge),
        scenario("a pipe gives bytes in order, then EAGAIN", Descriptors::pipe),
        scenario("a pipe ends for its reader and breaks for its writer", Descriptors::pipeEnd),
        scenario("the ends of a pipe have one direction", Descriptors::pipeWrongEnd),
        scenario("a pipe holds pages, not bytes", Descriptors::pipeFull),
        scenario(
            "edge-triggered: a pipe's writes and the room its reads make", Descriptors::pipeEdge),
        scenario("options read back as they were set", Descriptors::options),
        scenario("options that do not exist, and values too short", Descriptors::badOptions),
        scenario("accepted sockets inherit options", Descriptors::inherited));
  }

  private static void lowest(World w) {
    List<Integer> fds = new ArrayList<>();
    for (int i = w.between(3, 8); i > 0; i--) {
      fds.add(w.eventfd(0, 0));
    }
    int first = fds.get(w.between(0, fds.size() - 1));
    int second = fds.get(w.between(0, fds.size() - 1));
    w.close(first);
    w.observe(
        "the same number",
        w.chance()
            ? w.dup(fds.get(0) == first ? fds.get(1) : fds.get(0)) == first
            : w.socket() == first);
    if (first != second) {
      w.close(first);
      w.close(second);
      w.observe("the lower number first", w.eventfd(0, 0) == Math.min(first, second));
      w.observe("the higher one next", w.eventfd(0, 0) == Math.max(first, second));
    }
  }

  private static void closed(World w) {
    int fd =
        switch (w.between(0, 3)) {
          case 0 -> w.socket();
          case 1 -> w.eventfd(0, 0);
          case 2 -> w.pipe().writer();
          default -> w.epoll();
        };
    w.close(fd);
    w.close(fd);
    w.dup(fd);
    w.read(fd, 1);
    w.write(fd, 1);
    w.shutdown(fd, 0);
    w.setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    w.error(fd);
    w.listen(fd, 1);
    w.accept(fd);
    w.close(-1);
  }

  private static void dup(World w) {
    World.Pair pair = w.pair();
    int dup = w.dup(pair.server());
    int length = w.between(2, 99);
    w.send(pair.client(), length);
    w.arrived(dup, length);
    w.recv(dup, length / 2);
    w.recv(pair.server(), 100);
    w.recv(dup, 9);
    w.close(w.chance() ? dup : pair.server());
    int epoll = w.epoll();
    w.add(epoll, pair.client(), EPOLLIN, 1);
    w.await(epoll, 1);
    w.dup(-1);
  }

  private static void exhausted(World w) {
    int socket = w.socket();
    w.exhaustDescriptors();
    w.socket();
    w.dup(socket);
    w.eventfd(0, 0);
    w.epoll();
    w.pipe(0);
    w.close(socket);
    w.pipe(0);
    int fd = w.eventfd(0, 0);
    w.observe("the number that came free", fd == socket);
    w.socket();
  }

  private static void exhaustedAccept(World w) {
    int listener = w.listener(4);
    int client = w.client(listener);
    int empty = w.listener(4);
    int spare = w.eventfd(0, 0);
    int epoll = w.epoll();
    w.add(epoll, listener, EPOLLIN, 1);
    w.arrives(listener, EPOLLIN);
    w.exhaustDescriptors();
    for (int i = w.between(1, 3); i > 0; i--) {
      w.await(epoll, 2);
      w.accept(listener);
    }
    w.accept(empty);
    w.accept(epoll);
    w.close(spare);
    int server = w.accept(listener);
    w.observe("the number that came free", server == spare);
    w.await(epoll, 2);
    w.send(client, 5);
    w.arrived(server, 5);
    w.recv(server, 9);
  }

  private static void badSocket(World w) {
    w.socket(w.oneOf(0, 99, -1), SOCK_STREAM);
    w.socket(AF_INET, SOCK_STREAM | 1 << w.between(4, 10));
    w.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK);
  }

  private static void counter(World w) {
    int fd = w.eventfd(w.between(0, 5), 0x800);
    for (int i = w.between(2, 8); i > 0; i--) {
      if (w.chance()) {
        w.writeCounter(fd, w.between(0, 9));
      } else {
        w.readCounter(fd);
      }
    }
    w.readCounter(fd);
    w.readCounter(fd);
  }

  private static void semaphore(World w) {
    int fd = w.eventfd(w.between(0, 3), 0x800 | EFD_SEMAPHORE);
    int epoll = w.epoll();
    w.add(epoll, fd, EPOLLIN | EPOLLOUT, 1);
    for (int i = w.between(2, 8); i > 0; i--) {
      if (w.chance()) {
        w.writeCounter(fd, w.between(0, 3));
      } else {
        w.readCounter(fd);
      }
      w.await(epoll, 1);
    }
  }

  private static void counterFull(World w) {
    int fd = w.eventfd(w.between(0, 1), 0x800);
    int epoll = w.epoll();
    w.add(epoll, fd, EPOLLIN | EPOLLOUT | w.oneOf(0, EPOLLET), 1);
    w.await(epoll, 1);
    w.writeCounter(fd, MOST);
    w.writeCounter(fd, MOST - w.between(0, 2));
    w.writeCounter(fd, w.between(1, 2));
    w.await(epoll, 1);
    w.await(epoll, 1);
    w.readCounter(fd);
    w.await(epoll, 1);
    w.writeCounter(fd, -1);
  }

  private static void counterBad(World w) {
    int fd = w.eventfd(3, 0x800);
    w.read(fd, w.between(0, 7));
    w.write(fd, w.between(0, 7));
    w.eventfd(0, 1 << w.between(1, 10));
    w.shutdown(fd, 1);
    w.listen(fd, 1);
    w.getOption(fd, SOL_SOCKET, SO_TYPE, 4);
    w.readCounter(fd);
  }

  private static void counterEdge(World w) {
    int fd = w.eventfd(0, 0x800);
    int epoll = w.epoll();
    w.add(epoll, fd, EPOLLIN | EPOLLET, 1);
    for (int i = w.between(2, 6); i > 0; i--) {
      w.writeCounter(fd, w.between(0, 2));
      if (w.chance()) {
        w.writeCounter(fd, 1);
      }
      w.await(epoll, 1);
      w.await(epoll, 1);
      if (w.chance()) {
        w.readCounter(fd);
      }
    }
  }

  private static void pipe(World w) {
    World.Pipe pipe = w.pipe(w.oneOf(SOCK_NONBLOCK, SOCK_NONBLOCK | SOCK_CLOEXEC));
    int epoll = w.epoll();
    w.add(epoll, pipe.reader(), EPOLLIN, 1);
    w.add(epoll, pipe.writer(), EPOLLOUT, 2);
    w.await(epoll, 4);
    for (int i = w.between(1, 5); i > 0; i--) {
      w.write(pipe.writer(), w.between(0, 3000));
      w.await(epoll, 4);
      if (w.chance()) {
        w.read(pipe.reader(), w.between(1, 4000));
      }
    }
    w.read(pipe.reader(), 100_000);
    w.read(pipe.reader(), 1);
    w.read(pipe.reader(), 0);
    w.await(epoll, 4);
  }

  private static void pipeEnd(World w) {
    World.Pipe pipe = w.pipe();
    int epoll = w.epoll();
    w.add(epoll, pipe.reader(), EPOLLIN | w.oneOf(0, EPOLLET), 1);
    w.add(epoll, pipe.writer(), EPOLLOUT | w.oneOf(0, EPOLLET), 2);
    w.write(pipe.writer(), w.between(1, 500));
    w.await(epoll, 4);
    if (w.chance()) {
      w.close(pipe.writer());
      w.await(epoll, 4);
      w.read(pipe.reader(), 1000);
      w.await(epoll, 4);
      w.read(pipe.reader(), 1000);
    } else {
      w.close(pipe.reader());
      w.await(epoll, 4);
      w.write(pipe.writer(), w.between(0, 9));
      w.await(epoll, 4);
    }
  }

  private static void pipeWrongEnd(World w) {
    World.Pipe pipe = w.pipe();
    w.write(pipe.reader(), w.between(0, 9));
    w.read(pipe.writer(), w.between(0, 9));
    int epoll = w.epoll();
    w.read(epoll, 8);
    w.write(epoll, 8);
    w.pipe(1 << w.between(0, 6));
  }

  private static void pipeFull(World w) {
    World.Pipe pipe = w.pipe();
    int epoll = w.epoll();
    w.add(epoll, pipe.writer(), EPOLLOUT, 2);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 20; i++) {
        w.write(pipe.writer(), w.oneOf(w.between(1, 6000), 4096, 2049, w.between(5000, 30_000)));
      }
      w.await(epoll, 1);
      for (int i = w.between(1, 4); i > 0; i--) {
        w.read(pipe.reader(), w.between(1, 9000));
        w.await(epoll, 1);
      }
    }
  }

  private static void pipeEdge(World w) {
    World.Pipe pipe = w.pipe();
    int epoll = w.epoll();
    w.add(epoll, pipe.reader(), EPOLLIN | EPOLLET, 1);
    w.add(epoll, pipe.writer(), EPOLLOUT | EPOLLET, 2);
    w.await(epoll, 4);
    for (int i = 0; i < 30; i++) {
      if (w.between(0, 2) > 0) {
        w.write(pipe.writer(), w.between(1, 9000));
      } else {
        w.read(pipe.reader(), w.between(1, 9000));
      }
      if (w.chance()) {
        w.await(epoll, 4);
      }
    }
    w.await(epoll, 4);
  }

  private static void options(World w) {
    int fd = w.socket();
    w.getOption(fd, SOL_SOCKET, SO_TYPE, 4);
    int size = w.oneOf(0, 1, 2000, 5000, 50_000, 200_000);
    w.setOption(fd, SOL_SOCKET, SO_SNDBUF, size);
    w.getOption(fd, SOL_SOCKET, SO_SNDBUF, 4);
    w.setOption(fd, SOL_SOCKET, SO_RCVBUF, size);
    w.getOption(fd, SOL_SOCKET, SO_RCVBUF, 4);
    w.linger(fd, w.between(0, 2), w.between(0, 100));
    w.getOption(fd, SOL_SOCKET, SO_LINGER, 8);
    for (int option : new int[] {SO_REUSEADDR, SO_REUSEPORT}) {
      w.getOption(fd, SOL_SOCKET, option, 4);
      w.setOption(fd, SOL_SOCKET, option, w.between(0, 7));
      w.getOption(fd, SOL_SOCKET, option, w.oneOf(4, 8));
    }
    w.setOption(fd, IPPROTO_TCP, TCP_NODELAY, w.between(0, 2));
    w.getOption(fd, IPPROTO_TCP, TCP_NODELAY, 4);
  }

  private static void badOptions(World w) {
    int fd = w.socket();
    w.setOption(fd, SOL_SOCKET, 9999, 1);
    w.getOption(fd, SOL_SOCKET, 9999, 4);
    w.setOption(fd, IPPROTO_TCP, 9999, 1);
    w.getOption(fd, IPPROTO_TCP, 9999, 4);
    w.setOption(fd, SOL_SOCKET, SO_TYPE, 1);
    w.setOption(fd, SOL_SOCKET, SO_LINGER, 1);
    w.setOption(w.eventfd(0, 0), SOL_SOCKET, SO_REUSEADDR, 1);
  }

  private static void inherited(World w) {
    int listener = w.socket();
    w.setOption(listener, IPPROTO_TCP, TCP_NODELAY, w.between(0, 1));
    w.setOption(listener, SOL_SOCKET, SO_REUSEADDR, w.between(0, 1));
    w.linger(listener, w.between(0, 1), w.between(1, 9));
    w.bind(listener);
    w.listen(listener, 4);
    w.client(listener);
    w.arrives(listener, EPOLLIN);
    int server = w.accept(listener);
    w.getOption(server, IPPROTO_TCP, TCP_NODELAY, 4);
    w.getOption(server, SOL_SOCKET, SO_REUSEADDR, 4);
    w.getOption(server, SOL_SOCKET, SO_LINGER, 8);
  }
}
