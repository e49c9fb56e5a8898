package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Sockets.SHUT_RD;
import static readiness.kernel.Sockets.SHUT_RDWR;
import static readiness.kernel.Sockets.SHUT_WR;

import java.util.List;

/** connect, and what a socket is before and after it. */
final class Connecting {
  private Connecting() {}

  static List<Scenario> all() {
    return List.of(
        scenario("a non-blocking connect is in progress, then writable", Connecting::succeeds),
        scenario("an edge-triggered connect reports once", Connecting::edge),
        scenario("a second connect tells the outcome, a third says EISCONN", Connecting::again),
        scenario("a refused connect is an error that SO_ERROR tells once", Connecting::refused),
        scenario(
            "a second connect tells of the refusal, and the socket is as new", Connecting::retry),
        scenario("after SO_ERROR has told, connect says ECONNABORTED", Connecting::aborted),
        scenario("recv and send tell of a refusal once", Connecting::refusedData),
        scenario(
            "while it connects, a socket says EAGAIN, no event and no error",
            Connecting::unanswered),
        scenario("a connect that is broken off", Connecting::brokenOff),
        scenario("a blocking connect comes back with the outcome", Connecting::blocking),
        scenario("who listens or is connected does not connect", Connecting::isConnected),
        scenario("a socket without connection is writable and hung up", Connecting::unconnected),
        scenario("a socket without connection neither sends nor receives", Connecting::noData),
        scenario("shutdown without connection", Connecting::shutdown),
        scenario("connect on what is no socket", Connecting::noSocket),
        scenario("a client may choose its port", Connecting::ownPort));
  }

  private static void succeeds(World w) {
    int listener = w.listener(w.between(1, 9));
    int client = w.socket();
    w.connect(client, listener);
    w.arrives(client, EPOLLOUT);
    int epoll = w.epoll();
    w.add(epoll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP, w.between(1, 9));
    w.await(epoll, 4);
    w.error(client);
    w.send(client, w.between(1, 99));
    int server = w.accept(listener);
    w.arrives(server, EPOLLIN);
    w.recv(server, 100);
  }

  private static void edge(World w) {
    int listener = w.listener(4);
    int client = w.socket();
    int epoll = w.epoll();
    boolean first = w.chance();
    if (first) {
      w.add(epoll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, 1);
      w.await(epoll, 4);
    }
    w.connect(client, listener);
    w.arrives(client, EPOLLOUT);
    if (!first) {
      w.add(epoll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, 1);
    }
    w.await(epoll, 4);
    w.await(epoll, 4);
    int server = w.accept(listener);
    w.send(server, w.between(1, 99));
    w.arrives(client, EPOLLIN);
    w.await(epoll, 4);
    w.await(epoll, 4);
  }

  private static void again(World w) {
    int listener = w.listener(4);
    int client = w.socket();
    w.connect(client, listener);
    w.arrives(client, EPOLLOUT);
    for (int i = w.between(2, 4); i > 0; i--) {
      w.connect(client, listener);
    }
  }

  /** A port that is somebody's, and where nobody listens. */
  private static int deaf(World w) {
    int socket = w.socket();
    w.bind(socket);
    return socket;
  }

  private static int refusedClient(World w, int deaf) {
    int client = w.socket();
    w.connect(client, deaf);
    w.arrives(client, EPOLLERR);
    return client;
  }

  private static void refused(World w) {
    int client = refusedClient(w, deaf(w));
    int epoll = w.epoll();
    w.add(epoll, client, w.oneOf(0, EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT | EPOLLRDHUP), 1);
    w.await(epoll, 4);
    w.error(client);
    w.await(epoll, 4);
    w.error(client);
    w.getpeername(client);
    w.recv(client, 9);
    w.send(client, 9);
  }

  private static void retry(World w) {
    int deaf = deaf(w);
    int client = refusedClient(w, deaf);
    w.connect(client, deaf);
    int epoll = w.epoll();
    w.add(epoll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP, 1);
    w.await(epoll, 4);
    int listener = w.listener(4);
    w.connect(client, listener);
    w.arrives(client, EPOLLOUT);
    w.await(epoll, 4);
    int server = w.accept(listener);
    w.send(client, w.between(1, 99));
    w.arrives(server, EPOLLIN);
    w.recv(server, 100);
  }

  private static void aborted(World w) {
    int deaf = deaf(w);
    int client = refusedClient(w, deaf);
    w.error(client);
    w.connect(client, deaf);
    w.connect(client, deaf);
    w.arrives(client, EPOLLERR);
    w.error(client);
  }

  private static void refusedData(World w) {
    int client = refusedClient(w, deaf(w));
    if (w.chance()) {
      w.recv(client, 9);
      w.send(client, 9);
    } else {
      w.send(client, 9);
      w.recv(client, 9);
    }
    w.recv(client, 9);
    w.send(client, 9);
    w.error(client);
  }

  /** A client whose SYN is dropped, because the accept queue is full. */
  private static int waitingClient(World w, int listener) {
    w.client(listener);
    int client = w.socket();
    w.connect(client, listener);
    return client;
  }

  private static void unanswered(World w) {
    int listener = w.listener(0);
    int client = waitingClient(w, listener);
    int epoll = w.epoll();
    int edge = w.oneOf(0, EPOLLET);
    w.add(epoll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP | edge, 1);
    w.await(epoll, 4);
    for (int i = w.between(2, 5); i > 0; i--) {
      switch (w.between(0, 4)) {
        case 0 -> w.send(client, w.between(1, 99));
        case 1 -> w.recv(client, w.between(1, 99));
        case 2 -> w.error(client);
        case 3 -> w.getpeername(client);
        default -> w.connect(client, listener);
      }
      w.await(epoll, 4);
    }
  }

  private static void brokenOff(World w) {
    int listener = w.listener(0);
    int client = waitingClient(w, listener);
    int epoll = w.epoll();
    w.add(epoll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP | w.oneOf(0, EPOLLET), 1);
    w.shutdown(client, w.oneOf(SHUT_RD, SHUT_WR, SHUT_RDWR));
    w.await(epoll, 4);
    w.await(epoll, 4);
    w.error(client);
    w.send(client, 9);
    w.recv(client, 9);
    w.close(client);
  }

  private static void blocking(World w) {
    int client = w.socket(0);
    if (w.chance()) {
      w.connect(client, deaf(w));
      w.error(client);
      w.connect(client, w.listener(2));
    } else {
      w.connect(client, w.listener(2));
    }
    w.connect(client, w.listener(2));
    w.send(client, w.between(0, 99));
  }

  private static void isConnected(World w) {
    World.Pair pair = w.pair();
    int other = w.listener(2);
    w.connect(pair.server(), other);
    w.connect(pair.listener(), other);
    w.connect(pair.client(), other);
    w.connect(pair.client(), other);
    w.close(pair.server());
    w.arrives(pair.client(), EPOLLRDHUP);
    w.connect(pair.client(), other);
  }

  private static void unconnected(World w) {
    int socket = w.socket();
    if (w.chance()) {
      w.bind(socket);
    }
    int epoll = w.epoll();
    w.add(epoll, socket, w.oneOf(0, EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT | EPOLLRDHUP), 1);
    w.await(epoll, 4);
    w.await(epoll, 4);
  }

  private static void noData(World w) {
    int socket = w.socket();
    w.recv(socket, w.between(1, 9));
    w.send(socket, w.between(1, 9));
    w.recv(socket, 0);
    w.send(socket, 0);
    w.read(socket, 0);
    w.error(socket);
  }

  private static void shutdown(World w) {
    int socket = w.socket();
    w.shutdown(socket, w.oneOf(SHUT_RD, SHUT_WR, SHUT_RDWR));
    w.recv(socket, 5);
    w.send(socket, 5);
    int epoll = w.epoll();
    w.add(epoll, socket, EPOLLIN | EPOLLOUT | EPOLLRDHUP, 1);
    w.await(epoll, 1);
    w.shutdown(socket, w.oneOf(-1, 3, 4));
    w.shutdown(w.eventfd(0, 0), w.oneOf(SHUT_RD, 7));
    w.shutdown(-1, SHUT_RD);
  }

  private static void noSocket(World w) {
    int listener = w.listener(2);
    w.connect(w.eventfd(0, 0), listener);
    w.connect(w.epoll(), listener);
    w.connect(w.pipe().reader(), listener);
    w.connect(-1, listener);
  }

  private static void ownPort(World w) {
    int listener = w.listener(2);
    int client = w.socket();
    w.bind(client);
    w.connect(client, listener);
    w.arrives(client, EPOLLOUT);
    int server = w.accept(listener);
    w.observeAddresses(client, server);
    w.observeAddresses(server, client);
  }
}
