package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Sockets.MSG_DONTWAIT;
import static readiness.kernel.Sockets.MSG_PEEK;
import static readiness.kernel.Sockets.SOL_SOCKET;
import static readiness.kernel.Sockets.SO_RCVBUF;
import static readiness.kernel.Sockets.SO_SNDBUF;

import java.util.List;

/** send and recv on a connection, and the readiness that goes with them. */
final class Transfer {
  private static final int ALL = EPOLLIN | EPOLLOUT | EPOLLRDHUP;

  private Transfer() {}

  static List<Scenario> all() {
    return List.of(
        scenario("bytes arrive in order, however they are cut", Transfer::order),
        scenario("nothing to receive is EAGAIN", Transfer::nothing),
        scenario("MSG_PEEK leaves what it shows", Transfer::peek),
        scenario("MSG_DONTWAIT does not wait on a blocking socket", Transfer::dontWait),
        scenario("no bytes are sent or received by a length of 0", Transfer::zero),
        scenario("read and write are recv and send", Transfer::readWrite),
        scenario("level-triggered: reported while something is left", Transfer::level),
        scenario("edge-triggered: a partial read brings no second event", Transfer::edgePartial),
        scenario("edge-triggered: new bytes bring a new event, read or not", Transfer::edgeNew),
        scenario("edge-triggered: readable and writable come together", Transfer::edgeBoth),
        scenario("a full buffer is EAGAIN and not writable; reading mends both", Transfer::full),
        scenario("edge-triggered: writable again once, after EAGAIN", Transfer::edgeFull),
        scenario("level-triggered: writable as long as there is room", Transfer::writable),
        scenario("both directions at once", Transfer::both),
        scenario("send and recv refuse what is no socket", Transfer::noSocket));
  }

  private static void order(World w) {
    World.Pair pair = w.pair();
    int total = 0;
    for (int i = w.between(1, 6); i > 0; i--) {
      int length = w.between(1, 2000);
      total += length;
      w.send(pair.client(), length);
    }
    w.arrived(pair.server(), total);
    while (total > 0) {
      int most = w.between(1, 3000);
      w.recv(pair.server(), most);
      total -= Math.min(most, total);
    }
    w.recv(pair.server(), 1);
  }

  private static void nothing(World w) {
    World.Pair pair = w.pair();
    int reader = w.chance() ? pair.client() : pair.server();
    w.recv(reader, w.between(1, 99));
    int epoll = w.epoll();
    w.add(epoll, reader, EPOLLIN | EPOLLRDHUP, 1);
    w.await(epoll, 1);
  }

  private static void peek(World w) {
    World.Pair pair = w.pair();
    int length = w.between(1, 500);
    w.recv(pair.server(), 9, MSG_PEEK);
    w.send(pair.client(), length);
    w.arrived(pair.server(), length);
    int epoll = w.epoll();
    w.add(epoll, pair.server(), EPOLLIN, 1);
    for (int i = w.between(1, 3); i > 0; i--) {
      w.recv(pair.server(), w.between(1, 600), MSG_PEEK);
      w.await(epoll, 1);
    }
    w.recv(pair.server(), 600);
    w.recv(pair.server(), 9, MSG_PEEK);
  }

  private static void dontWait(World w) {
    int listener = w.listener(2);
    w.client(listener);
    w.arrives(listener, EPOLLIN);
    int server = w.accept(listener, 0);
    w.recv(server, 9, MSG_DONTWAIT);
    w.send(server, w.bytes(w.between(1, 99)), MSG_DONTWAIT);
  }

  private static void zero(World w) {
    World.Pair pair = w.pair();
    w.send(pair.client(), 0);
    w.recv(pair.server(), 0);
    int length = w.between(1, 99);
    w.send(pair.client(), length);
    w.arrived(pair.server(), length);
    w.recv(pair.server(), 0);
    w.read(pair.server(), 0);
    w.write(pair.server(), 0);
    w.recv(pair.server(), 100);
  }

  private static void readWrite(World w) {
    World.Pair pair = w.pair();
    int length = w.between(1, 999);
    w.write(pair.client(), length);
    w.arrived(pair.server(), length);
    w.read(pair.server(), w.between(1, 999));
    w.read(pair.server(), 1000);
    w.read(pair.server(), 1000);
  }

  private static void level(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.server(), EPOLLIN, 7);
    w.await(epoll, 4);
    int left = w.between(1, 500);
    w.send(pair.client(), left);
    w.arrived(pair.server(), left);
    while (left > 0) {
      w.await(epoll, 4);
      int most = w.between(1, 300);
      w.recv(pair.server(), most);
      left -= Math.min(most, left);
    }
    w.await(epoll, 4);
  }

  private static void edgePartial(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.server(), EPOLLIN | EPOLLET, 7);
    int length = w.between(10, 500);
    w.send(pair.client(), length);
    w.arrived(pair.server(), length);
    w.await(epoll, 4);
    w.recv(pair.server(), w.between(1, length));
    w.await(epoll, 4);
    w.recv(pair.server(), 500);
    w.recv(pair.server(), 500);
    w.await(epoll, 4);
  }

  private static void edgeNew(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.server(), EPOLLIN | EPOLLET, 7);
    int unread = 0;
    for (int i = w.between(2, 6); i > 0; i--) {
      int length = w.between(1, 300);
      w.send(pair.client(), length);
      unread += length;
      w.arrived(pair.server(), unread);
      if (w.chance()) {
        w.await(epoll, 4);
      }
      if (w.chance()) {
        int most = w.between(1, 400);
        w.recv(pair.server(), most);
        unread -= Math.min(most, unread);
      }
      w.await(epoll, 4);
    }
  }

  private static void edgeBoth(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.server(), ALL | EPOLLET, 7);
    w.await(epoll, 4);
    w.await(epoll, 4);
    w.send(pair.server(), w.between(1, 99));
    w.await(epoll, 4);
    w.send(pair.client(), w.between(1, 99));
    w.arrives(pair.server(), EPOLLIN);
    w.await(epoll, 4);
    w.recv(pair.server(), 100);
    w.await(epoll, 4);
  }

  /** A connection whose buffers are small, so that they are full soon. */
  private static World.Pair narrow(World w) {
    int listener = w.socket();
    int size = w.between(8_000, 30_000);
    w.setOption(listener, SOL_SOCKET, SO_RCVBUF, size);
    w.bind(listener);
    w.listen(listener, 4);
    int client = w.socket();
    w.setOption(client, SOL_SOCKET, SO_SNDBUF, w.between(8_000, 30_000));
    w.connect(client, listener);
    w.arrives(client, EPOLLOUT);
    w.arrives(listener, EPOLLIN);
    return new World.Pair(listener, client, w.accept(listener));
  }

  private static void full(World w) {
    World.Pair pair = narrow(w);
    int epoll = w.epoll();
    w.add(epoll, pair.client(), ALL, 7);
    w.await(epoll, 4);
    World.Sent sent = w.fill(pair.client(), w.between(500, 5000), epoll);
    w.await(epoll, 4);
    w.drain(pair.server(), w.between(500, 9000), sent);
    w.arrives(pair.client(), EPOLLOUT);
    w.await(epoll, 4);
  }

  private static void edgeFull(World w) {
    World.Pair pair = narrow(w);
    int epoll = w.epoll();
    w.add(epoll, pair.client(), ALL | EPOLLET, 7);
    w.await(epoll, 4);
    w.await(epoll, 4);
    World.Sent sent = w.fill(pair.client(), w.between(500, 5000), null);
    w.drain(pair.server(), w.between(500, 9000), sent);
    w.arrives(pair.client(), EPOLLOUT);
    w.await(epoll, 4);
    w.await(epoll, 4);
    w.send(pair.client(), w.between(1, 500));
    w.await(epoll, 4);
  }

  private static void writable(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.client(), EPOLLOUT, 7);
    for (int i = w.between(1, 4); i > 0; i--) {
      w.await(epoll, 4);
      w.send(pair.client(), w.between(1, 999));
    }
    w.modify(epoll, pair.client(), EPOLLIN, 8);
    w.await(epoll, 4);
  }

  private static void both(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.server(), EPOLLIN, 1);
    w.add(epoll, pair.client(), EPOLLIN, 2);
    int up = w.between(1, 900);
    int down = w.between(1, 900);
    boolean clientFirst = w.chance();
    w.send(clientFirst ? pair.client() : pair.server(), clientFirst ? up : down);
    w.arrived(clientFirst ? pair.server() : pair.client(), clientFirst ? up : down);
    w.send(clientFirst ? pair.server() : pair.client(), clientFirst ? down : up);
    w.arrived(clientFirst ? pair.client() : pair.server(), clientFirst ? down : up);
    w.await(epoll, 4);
    w.recv(pair.server(), 1000);
    w.await(epoll, 4);
    w.recv(pair.client(), 1000);
    w.await(epoll, 4);
  }

  private static void noSocket(World w) {
    World.Pipe pipe = w.pipe();
    for (int fd : new int[] {w.eventfd(0, 0), w.epoll(), pipe.reader(), pipe.writer(), -1}) {
      w.recv(fd, w.between(0, 9));
      w.send(fd, w.between(0, 9));
      w.error(fd);
    }
    int socket = w.socket();
    w.close(socket);
    w.recv(socket, 1);
    w.send(socket, 1);
    w.read(socket, 1);
    w.write(socket, 1);
  }
}
