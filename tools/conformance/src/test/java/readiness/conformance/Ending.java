package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Sockets.SHUT_RD;
import static readiness.kernel.Sockets.SHUT_RDWR;
import static readiness.kernel.Sockets.SHUT_WR;

import java.util.List;

/** shutdown, close, reset: how connections end, and what the other side sees of it. */
final class Ending {
  private static final int ALL = EPOLLIN | EPOLLOUT | EPOLLRDHUP;

  private Ending() {}

  static List<Scenario> all() {
    return List.of(
        scenario("a half-close is EPOLLIN and EPOLLRDHUP, and recv says 0", Ending::halfClose),
        scenario("what was sent before the half-close comes first", Ending::halfCloseAfterData),
        scenario("who has half-closed still receives", Ending::answerAfterHalfClose),
        scenario("edge-triggered: the end is an event of its own", Ending::edgeEnd),
        scenario("when both have finished, both are hung up", Ending::bothFinished),
        scenario("a close looks like a half-close", Ending::close),
        scenario(
            "sending to a closed peer works once, then it is a broken pipe", Ending::sendToClosed),
        scenario("a reset is 0x2019, ECONNRESET once, then the end", Ending::reset),
        scenario("after a reset send says ECONNRESET once, then EPIPE", Ending::sendAfterReset),
        scenario("what arrived before a reset can still be read", Ending::dataBeforeReset),
        scenario("SO_ERROR takes the reset's error", Ending::errorTaken),
        scenario("edge-triggered: a reset is one event", Ending::edgeReset),
        scenario("closing with unread input resets the peer", Ending::closeUnread),
        scenario("a reset after the end is EPIPE", Ending::resetAfterEnd),
        scenario("shutdown for reading lets no one else know", Ending::shutdownRead),
        scenario("shutdown for writing: EPIPE, and writable all the same", Ending::shutdownWrite),
        scenario("shutdown both ways", Ending::shutdownBoth),
        scenario(
            "bytes for who has shut both ways are answered by a reset", Ending::dataAfterShutdown),
        scenario("shutdown again, and after the end", Ending::shutdownAgain),
        scenario("hang-ups and errors are reported unasked, EPOLLRDHUP is not", Ending::unasked),
        scenario("both close at once", Ending::simultaneous),
        scenario("linger with a time is an ordinary close", Ending::lingerWithTime));
  }

  private static int watch(World w, int fd, int flags) {
    int epoll = w.epoll();
    w.add(epoll, fd, flags, 1);
    return epoll;
  }

  private static void halfClose(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), w.oneOf(EPOLLIN, ALL, EPOLLIN | EPOLLRDHUP, EPOLLRDHUP));
    w.shutdown(pair.client(), SHUT_WR);
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 4);
    w.recv(pair.server(), 9);
    w.recv(pair.server(), 0);
    w.recv(pair.server(), 9);
    w.await(epoll, 4);
    w.error(pair.server());
  }

  private static void halfCloseAfterData(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), EPOLLIN | EPOLLRDHUP | (w.chance() ? EPOLLET : 0));
    int length = w.between(1, 999);
    w.send(pair.client(), length);
    w.shutdown(pair.client(), SHUT_WR);
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 4);
    w.recv(pair.server(), w.between(1, length));
    w.await(epoll, 4);
    w.recv(pair.server(), 1000);
    w.recv(pair.server(), 1000);
    w.await(epoll, 4);
  }

  private static void answerAfterHalfClose(World w) {
    World.Pair pair = w.pair();
    w.shutdown(pair.client(), SHUT_WR);
    w.arrives(pair.server(), EPOLLRDHUP);
    for (int i = w.between(1, 3); i > 0; i--) {
      int length = w.between(1, 500);
      w.send(pair.server(), length);
      w.arrived(pair.client(), length);
      w.recv(pair.client(), 500);
    }
    w.close(pair.server());
    w.arrives(pair.client(), EPOLLHUP);
    int epoll = watch(w, pair.client(), ALL);
    w.await(epoll, 4);
    w.recv(pair.client(), 9);
    w.send(pair.client(), 9);
  }

  private static void edgeEnd(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), ALL | EPOLLET);
    w.await(epoll, 4);
    int length = w.between(1, 99);
    w.send(pair.client(), length);
    w.arrived(pair.server(), length);
    w.await(epoll, 4);
    w.shutdown(pair.client(), SHUT_WR);
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 4);
    w.await(epoll, 4);
    w.recv(pair.server(), 100);
    w.await(epoll, 4);
    w.recv(pair.server(), 100);
    w.await(epoll, 4);
  }

  /** What the book's table of endings says, row by row; none of it depends on the seed. */
  static void table(World w) {
    for (int asked : new int[] {EPOLLIN | EPOLLRDHUP, EPOLLIN, 0}) {
      World.Pair pair = w.pair();
      w.send(pair.client(), 10);
      w.shutdown(pair.client(), SHUT_WR);
      w.arrives(pair.server(), EPOLLRDHUP);
      w.await(watch(w, pair.server(), asked), 4);
    }
    for (int asked : new int[] {EPOLLIN | EPOLLRDHUP, EPOLLIN, 0}) {
      World.Pair pair = w.pair();
      w.send(pair.client(), 10);
      w.shutdown(pair.server(), SHUT_WR);
      w.shutdown(pair.client(), SHUT_WR);
      w.arrives(pair.server(), EPOLLHUP);
      w.await(watch(w, pair.server(), asked), 4);
    }
    for (int asked : new int[] {EPOLLIN | EPOLLRDHUP, EPOLLIN, 0}) {
      World.Pair pair = w.pair();
      w.send(pair.client(), 10);
      w.reset(pair.client());
      w.arrives(pair.server(), EPOLLERR);
      w.await(watch(w, pair.server(), asked), 4);
    }
  }

  private static void bothFinished(World w) {
    World.Pair pair = w.pair();
    boolean clientFirst = w.chance();
    int first = clientFirst ? pair.client() : pair.server();
    int second = clientFirst ? pair.server() : pair.client();
    int epoll = w.epoll();
    w.add(epoll, first, ALL, 1);
    w.add(epoll, second, ALL, 2);
    w.shutdown(first, SHUT_WR);
    w.arrives(second, EPOLLRDHUP);
    w.await(epoll, 4);
    w.shutdown(second, SHUT_WR);
    w.arrives(first, EPOLLHUP);
    w.arrives(second, EPOLLHUP);
    w.await(epoll, 4);
    w.recv(first, 9);
    w.recv(second, 9);
    w.send(first, 9);
    w.send(second, 9);
    w.getpeername(first);
    w.shutdown(first, SHUT_RDWR);
  }

  private static void close(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), ALL);
    int length = w.between(0, 99);
    w.send(pair.client(), length);
    w.close(pair.client());
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 4);
    w.recv(pair.server(), 100);
    w.recv(pair.server(), 100);
    w.await(epoll, 4);
    w.getpeername(pair.server());
  }

  private static void sendToClosed(World w) {
    World.Pair pair = w.pair();
    w.close(pair.client());
    w.arrives(pair.server(), EPOLLRDHUP);
    w.send(pair.server(), w.between(1, 99));
    w.arrives(pair.server(), EPOLLERR);
    int epoll = watch(w, pair.server(), ALL);
    w.await(epoll, 4);
    if (w.chance()) {
      w.error(pair.server());
    }
    w.send(pair.server(), 9);
    w.send(pair.server(), 9);
    w.await(epoll, 4);
    w.recv(pair.server(), 9);
  }

  private static void reset(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), w.oneOf(EPOLLIN | EPOLLRDHUP, ALL, EPOLLIN));
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLERR);
    w.await(epoll, 4);
    w.recv(pair.server(), 9);
    w.await(epoll, 4);
    w.recv(pair.server(), 9);
    w.recv(pair.server(), 0);
    w.send(pair.server(), 9);
  }

  private static void sendAfterReset(World w) {
    World.Pair pair = w.pair();
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLERR);
    w.send(pair.server(), w.between(0, 9));
    w.send(pair.server(), w.between(0, 9));
    w.recv(pair.server(), 9);
  }

  private static void dataBeforeReset(World w) {
    World.Pair pair = w.pair();
    int length = w.between(1, 999);
    w.send(pair.client(), length);
    w.arrived(pair.server(), length);
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLERR);
    w.recv(pair.server(), w.between(1, length));
    w.recv(pair.server(), 1000);
    w.recv(pair.server(), 1000);
    w.recv(pair.server(), 1000);
  }

  private static void errorTaken(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), ALL);
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLERR);
    w.await(epoll, 4);
    w.error(pair.server());
    w.await(epoll, 4);
    w.error(pair.server());
    w.recv(pair.server(), 9);
    w.send(pair.server(), 9);
  }

  private static void edgeReset(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), EPOLLIN | EPOLLRDHUP | EPOLLET);
    if (w.chance()) {
      int length = w.between(1, 99);
      w.send(pair.client(), length);
      w.arrived(pair.server(), length);
      w.await(epoll, 4);
    }
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLERR);
    w.await(epoll, 4);
    w.await(epoll, 4);
  }

  private static void closeUnread(World w) {
    World.Pair pair = w.pair();
    int length = w.between(1, 999);
    w.send(pair.client(), length);
    w.arrived(pair.server(), length);
    int answer = w.between(0, 99);
    w.send(pair.server(), answer);
    if (answer > 0) {
      w.arrived(pair.client(), answer);
    }
    w.recv(pair.server(), w.between(1, length) - 1);
    w.close(pair.server());
    w.arrives(pair.client(), EPOLLERR);
    int epoll = watch(w, pair.client(), ALL);
    w.await(epoll, 4);
    w.recv(pair.client(), 100);
    w.recv(pair.client(), 100);
    w.recv(pair.client(), 100);
  }

  private static void resetAfterEnd(World w) {
    World.Pair pair = w.pair();
    w.shutdown(pair.client(), SHUT_WR);
    w.arrives(pair.server(), EPOLLRDHUP);
    w.reset(pair.client());
    w.arrives(pair.server(), EPOLLERR);
    int epoll = watch(w, pair.server(), ALL);
    w.await(epoll, 4);
    if (w.chance()) {
      w.recv(pair.server(), 9);
    }
    w.error(pair.server());
    w.send(pair.server(), 9);
  }

  private static void shutdownRead(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.server(), EPOLLIN | EPOLLRDHUP, 1);
    w.add(epoll, pair.client(), EPOLLIN | EPOLLRDHUP, 2);
    boolean before = w.chance();
    int length = w.between(1, 99);
    if (before) {
      w.send(pair.client(), length);
      w.arrived(pair.server(), length);
    }
    w.shutdown(pair.server(), SHUT_RD);
    w.await(epoll, 4);
    if (!before) {
      w.recv(pair.server(), 100);
      w.send(pair.client(), length);
      w.arrived(pair.server(), length);
    }
    w.recv(pair.server(), 100);
    w.recv(pair.server(), 100);
    w.send(pair.server(), 9);
    w.arrived(pair.client(), 9);
    w.await(epoll, 4);
  }

  private static void shutdownWrite(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.client(), ALL);
    w.shutdown(pair.client(), SHUT_WR);
    w.await(epoll, 4);
    w.send(pair.client(), w.between(0, 9));
    w.error(pair.client());
    w.recv(pair.client(), 9);
  }

  private static void shutdownBoth(World w) {
    World.Pair pair = w.pair();
    int epoll = w.epoll();
    w.add(epoll, pair.client(), ALL, 1);
    w.add(epoll, pair.server(), ALL, 2);
    w.shutdown(pair.client(), SHUT_RDWR);
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 4);
    w.recv(pair.client(), 9);
    w.send(pair.client(), 9);
    w.recv(pair.server(), 9);
    w.close(pair.server());
    w.await(epoll, 4);
  }

  private static void dataAfterShutdown(World w) {
    World.Pair pair = w.pair();
    w.shutdown(pair.server(), SHUT_RDWR);
    w.arrives(pair.client(), EPOLLRDHUP);
    w.send(pair.client(), w.between(1, 99));
    w.arrives(pair.client(), EPOLLERR);
    w.error(pair.client());
    w.error(pair.server());
    int epoll = watch(w, pair.client(), ALL);
    w.await(epoll, 4);
  }

  private static void shutdownAgain(World w) {
    World.Pair pair = w.pair();
    for (int i = w.between(1, 3); i > 0; i--) {
      w.shutdown(pair.client(), w.oneOf(SHUT_RD, SHUT_WR));
    }
    w.shutdown(pair.client(), SHUT_WR);
    w.shutdown(pair.client(), 3 + w.between(0, 3));
    w.arrives(pair.server(), EPOLLRDHUP);
    w.close(pair.server());
    w.arrives(pair.client(), EPOLLHUP);
    w.shutdown(pair.client(), w.oneOf(SHUT_RD, SHUT_WR, SHUT_RDWR));
  }

  private static void unasked(World w) {
    World.Pair pair = w.pair();
    int epoll = watch(w, pair.server(), w.oneOf(0, EPOLLOUT, EPOLLRDHUP));
    w.shutdown(pair.client(), SHUT_WR);
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 4);
    w.shutdown(pair.server(), SHUT_WR);
    w.await(epoll, 4);
    int second = watch(w, pair.client(), 0);
    w.arrives(pair.client(), EPOLLHUP);
    w.await(second, 4);
  }

  private static void simultaneous(World w) {
    World.Pair pair = w.pair();
    int first = w.between(0, 99);
    w.send(pair.client(), first);
    w.shutdown(pair.client(), SHUT_WR);
    w.shutdown(pair.server(), SHUT_WR);
    w.arrives(pair.server(), EPOLLHUP);
    w.arrives(pair.client(), EPOLLHUP);
    w.recv(pair.server(), 100);
    w.recv(pair.server(), 100);
    w.recv(pair.client(), 100);
    w.close(w.chance() ? pair.client() : pair.server());
  }

  private static void lingerWithTime(World w) {
    World.Pair pair = w.pair();
    w.linger(pair.client(), w.between(0, 1), w.between(1, 9));
    w.send(pair.client(), w.between(1, 99));
    w.close(pair.client());
    w.arrives(pair.server(), EPOLLRDHUP);
    w.recv(pair.server(), 100);
    w.recv(pair.server(), 100);
  }
}
