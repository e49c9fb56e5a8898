package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Sockets.SHUT_RD;
import static readiness.kernel.Sockets.SHUT_RDWR;
import static readiness.kernel.Sockets.SHUT_WR;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;
import static readiness.kernel.Sockets.SOL_SOCKET;
import static readiness.kernel.Sockets.SO_REUSEADDR;
import static readiness.kernel.Sockets.SO_REUSEPORT;

import java.util.ArrayList;
import java.util.List;

/** bind, listen, accept4, and the accept queue. */
final class Listening {
  private Listening() {}

  static List<Scenario> all() {
    return List.of(
        scenario("an empty accept queue says EAGAIN", Listening::emptyQueue),
        scenario("connections are accepted in the order in which they came", Listening::order),
        scenario("accept4 refuses what does not listen", Listening::notListening),
        scenario("a listener is readable until its queue is empty", Listening::readable),
        scenario("an edge-triggered listener reports arrivals, not the queue", Listening::edge),
        scenario("the queue takes one connection more than the backlog", Listening::backlog),
        scenario("accepting makes room in the queue", Listening::roomAgain),
        scenario("listen may be called again, but not on a connection", Listening::listenAgain),
        scenario("closing a listener resets who waits in its queue", Listening::closeListener),
        scenario(
            "a connection that was reset in the queue is accepted all the same", Listening::gone),
        scenario("what was sent before accept is there after it", Listening::early),
        scenario("what ended before accept has ended after it", Listening::endedEarly),
        scenario("a socket is bound once, and a port too", Listening::bindTwice),
        scenario("SO_REUSEADDR shares a port until somebody listens", Listening::reuseAddress),
        scenario("SO_REUSEPORT shares a port", Listening::reusePort),
        scenario("both ends agree about their addresses", Listening::addresses),
        scenario("shutdown of a listener", Listening::shutdown),
        scenario("a listener neither sends nor receives", Listening::noData));
  }

  private static void emptyQueue(World w) {
    int listener = w.listener(w.between(1, 9));
    for (int i = w.between(1, 3); i > 0; i--) {
      w.accept(listener, w.oneOf(0, SOCK_NONBLOCK, SOCK_CLOEXEC));
    }
  }

  private static void order(World w) {
    int listener = w.listener(16);
    int count = w.between(2, 8);
    for (int i = 0; i < count; i++) {
      int client = w.client(listener);
      w.send(client, w.between(1, 50));
    }
    for (int i = 0; i < count; i++) {
      int server = w.accept(listener);
      w.arrives(server, EPOLLIN);
      w.recv(server, 100);
    }
    w.accept(listener);
  }

  private static void notListening(World w) {
    int socket = w.socket();
    w.accept(socket);
    w.bind(socket);
    w.accept(socket);
    w.accept(w.eventfd(0, 0));
    w.accept(w.epoll());
    w.accept(-1);
    int listener = w.listener(1);
    w.accept(listener, 1 << w.between(0, 9));
    w.close(listener);
    w.accept(listener);
  }

  private static void readable(World w) {
    int listener = w.listener(16);
    int epoll = w.epoll();
    w.add(epoll, listener, EPOLLIN, 1);
    w.await(epoll, 8);
    int count = w.between(1, 5);
    for (int i = 0; i < count; i++) {
      w.client(listener);
    }
    for (int i = 0; i < count; i++) {
      w.await(epoll, 8);
      w.accept(listener);
    }
    w.await(epoll, 8);
  }

  private static void edge(World w) {
    int listener = w.listener(16);
    int epoll = w.epoll();
    w.add(epoll, listener, EPOLLIN | EPOLLET, 1);
    for (int round = 0; round < 3; round++) {
      for (int i = w.between(1, 3); i > 0; i--) {
        w.client(listener);
      }
      w.await(epoll, 8);
      w.await(epoll, 8);
      if (w.chance()) {
        w.accept(listener);
      }
      w.await(epoll, 8);
    }
  }

  private static void backlog(World w) {
    int backlog = w.between(0, 6);
    int listener = w.listener(backlog);
    for (int i = 0; i <= backlog; i++) {
      w.client(listener);
    }
    int late = w.socket();
    w.connect(late, listener);
    int epoll = w.epoll();
    w.add(epoll, late, EPOLLIN | EPOLLOUT, 1);
    w.await(epoll, 8);
    w.connect(late, listener);
    w.send(late, 5);
    w.recv(late, 5);
    w.getpeername(late);
    for (int i = 0; i <= backlog; i++) {
      w.accept(listener);
    }
    w.accept(listener);
    w.await(epoll, 8);
  }

  private static void roomAgain(World w) {
    int backlog = w.between(0, 4);
    int listener = w.listener(backlog);
    for (int i = 0; i <= backlog; i++) {
      w.client(listener);
    }
    w.accept(listener);
    w.client(listener);
    for (int i = 0; i <= backlog + 1; i++) {
      w.accept(listener);
    }
  }

  private static void listenAgain(World w) {
    World.Pair pair = w.pair();
    w.listen(pair.listener(), w.between(0, 9));
    w.listen(pair.client(), 1);
    w.listen(pair.server(), 1);
    w.listen(w.eventfd(0, 0), 1);
    w.listen(-1, 1);
    int unbound = w.socket();
    w.listen(unbound, -1);
    w.client(unbound);
    w.accept(unbound);
  }

  private static void closeListener(World w) {
    int listener = w.listener(8);
    List<Integer> clients = new ArrayList<>();
    for (int i = w.between(1, 5); i > 0; i--) {
      clients.add(w.client(listener));
    }
    int accepted = w.accept(listener);
    w.close(listener);
    int epoll = w.epoll();
    for (int client : clients) {
      w.add(epoll, client, EPOLLIN | EPOLLRDHUP, client == clients.getFirst() ? 1 : 2);
    }
    w.await(epoll, 16);
    for (int client : clients.subList(1, clients.size())) {
      w.recv(client, 10);
      w.recv(client, 10);
    }
    w.send(clients.getFirst(), 7);
    w.arrives(accepted, EPOLLIN);
    w.recv(accepted, 10);
  }

  private static void gone(World w) {
    int listener = w.listener(8);
    int client = w.client(listener);
    boolean talked = w.chance();
    if (talked) {
      w.send(client, w.between(1, 100));
    }
    w.reset(client);
    int server = w.accept(listener);
    w.arrives(server, EPOLLIN);
    int epoll = w.epoll();
    w.add(epoll, server, EPOLLIN | EPOLLOUT | EPOLLRDHUP, 1);
    w.await(epoll, 1);
    w.recv(server, 1000);
    w.recv(server, 1000);
    w.recv(server, 1000);
    w.close(server);
  }

  private static void early(World w) {
    int listener = w.listener(8);
    int client = w.client(listener);
    int total = 0;
    for (int i = w.between(1, 4); i > 0; i--) {
      int length = w.between(1, 1000);
      total += length;
      w.send(client, length);
    }
    int server = w.accept(listener);
    w.arrived(server, total);
    w.recv(server, 10_000);
    w.recv(server, 10_000);
  }

  private static void endedEarly(World w) {
    int listener = w.listener(8);
    int client = w.client(listener);
    if (w.chance()) {
      w.send(client, w.between(1, 1000));
    }
    if (w.chance()) {
      w.shutdown(client, SHUT_WR);
    } else {
      w.close(client);
    }
    int server = w.accept(listener);
    w.arrives(server, EPOLLRDHUP);
    w.recv(server, 10_000);
    w.recv(server, 10_000);
    w.recv(server, 10_000);
  }

  private static void bindTwice(World w) {
    int first = w.socket();
    w.bind(first);
    w.bind(first);
    w.getsockname(first);
    int second = w.socket();
    w.getsockname(second);
    w.bindLike(second, first);
    w.listen(first, 1);
    w.bindLike(second, first);
    w.close(first);
    w.bind(second);
    w.bind(-1);
    w.bind(w.eventfd(0, 0));
  }

  private static void reuseAddress(World w) {
    int first = w.socket();
    int second = w.socket();
    boolean both = w.chance();
    w.setOption(first, SOL_SOCKET, SO_REUSEADDR, 1);
    w.setOption(second, SOL_SOCKET, SO_REUSEADDR, both ? 1 : 0);
    w.bind(first);
    boolean listens = w.chance();
    if (listens) {
      w.listen(first, 1);
    }
    w.bindLike(second, first);
    if (both && !listens) {
      w.listen(first, 1);
      w.listen(second, 1);
    }
  }

  private static void reusePort(World w) {
    int first = w.socket();
    int second = w.socket();
    boolean both = w.chance();
    w.setOption(first, SOL_SOCKET, SO_REUSEPORT, 1);
    w.setOption(second, SOL_SOCKET, SO_REUSEPORT, both ? 1 : 0);
    w.bind(first);
    w.listen(first, 1);
    w.bindLike(second, first);
    if (both) {
      w.listen(second, 1);
    }
  }

  private static void addresses(World w) {
    World.Pair pair = w.pair();
    w.observeAddresses(pair.client(), pair.server());
    w.observeAddresses(pair.server(), pair.client());
    w.observeAddresses(pair.listener(), pair.client());
    w.getsockname(pair.listener());
    w.getpeername(pair.listener());
    w.getpeername(w.socket());
    w.getpeername(w.eventfd(0, 0));
    w.getsockname(-1);
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLRDHUP);
    w.getpeername(pair.server());
    w.getsockname(pair.server());
  }

  private static void shutdown(World w) {
    int listener = w.listener(8);
    int client = w.client(listener);
    int epoll = w.epoll();
    w.add(epoll, listener, EPOLLIN | EPOLLOUT | EPOLLRDHUP, 1);
    int how = w.oneOf(SHUT_RD, SHUT_WR, SHUT_RDWR);
    w.shutdown(listener, how);
    w.await(epoll, 1);
    w.accept(listener);
    if (how != SHUT_WR) {
      w.arrives(client, EPOLLRDHUP);
      w.recv(client, 1);
    }
  }

  private static void noData(World w) {
    int listener = w.listener(8);
    w.recv(listener, w.between(0, 9));
    w.send(listener, w.between(0, 9));
    w.recv(listener, 9);
    w.error(listener);
  }
}
