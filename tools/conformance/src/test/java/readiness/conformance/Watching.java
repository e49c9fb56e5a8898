package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLEXCLUSIVE;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLONESHOT;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Epoll.EPOLL_CLOEXEC;

import java.util.ArrayList;
import java.util.List;

/** The calls of epoll, on descriptors of all kinds. */
final class Watching {
  private Watching() {}

  static List<Scenario> all() {
    return List.of(
        scenario("epoll_create1 knows one flag", Watching::create),
        scenario("a descriptor is added once, and only then modified or removed", Watching::once),
        scenario("epoll_ctl refuses what is closed and what is no epoll", Watching::bad),
        scenario("epoll_wait refuses what is closed, no epoll, or no room", Watching::badWait),
        scenario("a wait without events lasts its time", Watching::timeout),
        scenario("tokens come back bit for bit", Watching::tokens),
        scenario("several are ready, in the order in which they became so", Watching::order),
        scenario("who finds no room in the array is first the next time", Watching::rotation),
        scenario("what is ready when it is added is reported", Watching::readyWhenAdded),
        scenario("modify changes what is reported and under which token", Watching::modify),
        scenario("edge-triggered: modify reports again what is still so", Watching::modifyEdge),
        scenario("one-shot: once, then silent until modified", Watching::oneShot),
        scenario("one-shot: silent for hang-ups too", Watching::oneShotHangUp),
        scenario("remove takes back what was ready", Watching::remove),
        scenario("close removes, if it was the last number", Watching::close),
        scenario("dup: events go on after the number is closed", Watching::dupTrap),
        scenario("dup: one file, two numbers, two registrations", Watching::dupTwice),
        scenario("dup: a number used again is another registration", Watching::dupReuse),
        scenario("two epolls watch one socket", Watching::twoEpolls),
        scenario(
            "EPOLLEXCLUSIVE is added, never modified, and goes with few others",
            Watching::exclusive),
        scenario("an epoll in an epoll is readable while it has something", Watching::nested),
        scenario("epolls in a circle are refused", Watching::circle),
        scenario("asked for nothing, told of errors", Watching::nothing),
        scenario("many watched, some ready", Watching::many),
        scenario("a closed epoll leaves its descriptors alone", Watching::closeEpoll),
        scenario("edge-triggered: many edges before a wait are one event", Watching::edges));
  }

  private static void create(World w) {
    w.epoll(EPOLL_CLOEXEC);
    w.epoll(1 << w.between(0, 18));
    w.epoll(-1);
  }

  private static void once(World w) {
    int epoll = w.epoll();
    int fd = anything(w);
    w.modify(epoll, fd, EPOLLIN, 1);
    w.remove(epoll, fd);
    w.add(epoll, fd, EPOLLIN, 1);
    w.add(epoll, fd, w.oneOf(EPOLLIN, EPOLLOUT), 2);
    w.modify(epoll, fd, EPOLLIN, 3);
    w.remove(epoll, fd);
    w.remove(epoll, fd);
    w.add(epoll, fd, EPOLLIN, 4);
  }

  /** A descriptor of any kind that can be watched. */
  private static int anything(World w) {
    return switch (w.between(0, 4)) {
      case 0 -> w.socket();
      case 1 -> w.listener(1);
      case 2 -> w.eventfd(w.between(0, 3), 0);
      case 3 -> w.pipe().reader();
      default -> w.epoll();
    };
  }

  private static void bad(World w) {
    int epoll = w.epoll();
    int fd = anything(w);
    int other = w.eventfd(0, 0);
    w.add(other, fd, EPOLLIN, 1);
    w.modify(other, fd, EPOLLIN, 1);
    w.remove(other, fd);
    w.add(epoll, epoll, EPOLLIN, 1);
    w.modify(epoll, epoll, EPOLLIN, 1);
    w.remove(epoll, epoll);
    w.add(epoll, -1, EPOLLIN, 1);
    w.add(-1, fd, EPOLLIN, 1);
    w.close(fd);
    w.add(epoll, fd, EPOLLIN, 1);
    w.modify(epoll, fd, EPOLLIN, 1);
    w.remove(epoll, fd);
    w.close(epoll);
    w.add(epoll, other, EPOLLIN, 1);
    w.remove(epoll, other);
  }

  private static void badWait(World w) {
    int epoll = w.epoll();
    w.await(epoll, 0);
    w.await(w.eventfd(1, 0), 1);
    w.await(-1, 1);
    w.close(epoll);
    w.await(epoll, 1);
  }

  private static void timeout(World w) {
    int epoll = w.epoll();
    if (w.chance()) {
      w.add(epoll, w.eventfd(0, 0), EPOLLIN, 1);
    }
    w.observeTimeout(epoll, w.between(0, 6));
  }

  private static void tokens(World w) {
    int epoll = w.epoll();
    for (int i = w.between(1, 6); i > 0; i--) {
      w.add(epoll, w.eventfd(1, 0), EPOLLIN, w.anyLong());
    }
    w.add(epoll, w.eventfd(1, 0), EPOLLIN, w.chance() ? -1 : Long.MIN_VALUE);
    w.await(epoll, 16);
  }

  private static void order(World w) {
    int epoll = w.epoll();
    List<Integer> fds = eventfds(w, epoll, w.between(2, 8), EPOLLIN | (w.chance() ? EPOLLET : 0));
    for (int fd : w.shuffled(fds)) {
      w.writeCounter(fd, 1);
    }
    w.await(epoll, 16);
    for (int fd : w.shuffled(fds).subList(0, fds.size() / 2)) {
      w.readCounter(fd);
    }
    w.await(epoll, 16);
  }

  private static List<Integer> eventfds(World w, int epoll, int count, int flags) {
    List<Integer> fds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int fd = w.eventfd(0, 0x800);
      fds.add(fd);
      w.add(epoll, fd, flags, i);
    }
    return fds;
  }

  private static void rotation(World w) {
    int epoll = w.epoll();
    int flags = EPOLLIN | w.oneOf(0, 0, EPOLLET, EPOLLONESHOT);
    List<Integer> fds = eventfds(w, epoll, w.between(3, 9), flags);
    for (int fd : w.shuffled(fds)) {
      w.writeCounter(fd, 1);
    }
    for (int i = 0; i < 6; i++) {
      w.await(epoll, w.between(1, 4));
      if (w.chance()) {
        w.readCounter(fds.get(w.between(0, fds.size() - 1)));
      }
      if (w.chance()) {
        w.writeCounter(fds.get(w.between(0, fds.size() - 1)), 1);
      }
    }
  }

  private static void readyWhenAdded(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(w.between(0, 2), 0x800);
    w.add(epoll, fd, w.oneOf(EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT) | w.oneOf(0, EPOLLET), 5);
    w.await(epoll, 2);
    w.await(epoll, 2);
  }

  private static void modify(World w) {
    int epoll = w.epoll();
    World.Pair pair = w.pair();
    w.add(epoll, pair.server(), EPOLLIN, 1);
    w.send(pair.client(), w.between(1, 99));
    w.arrives(pair.server(), EPOLLIN);
    for (int i = w.between(2, 6); i > 0; i--) {
      w.modify(epoll, pair.server(), w.oneOf(0, EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT), i);
      w.await(epoll, 2);
    }
  }

  private static void modifyEdge(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(0, 0x800);
    w.add(epoll, fd, EPOLLIN | EPOLLET, 1);
    w.writeCounter(fd, 1);
    w.await(epoll, 2);
    w.await(epoll, 2);
    w.modify(epoll, fd, EPOLLIN | EPOLLET, 2);
    w.await(epoll, 2);
    w.await(epoll, 2);
    w.readCounter(fd);
    w.modify(epoll, fd, EPOLLIN | w.oneOf(0, EPOLLET), 3);
    w.await(epoll, 2);
  }

  private static void oneShot(World w) {
    int epoll = w.epoll();
    World.Pair pair = w.pair();
    int flags = EPOLLIN | EPOLLONESHOT | w.oneOf(0, EPOLLET);
    w.add(epoll, pair.server(), flags, 1);
    int unread = 0;
    for (int i = w.between(2, 5); i > 0; i--) {
      int length = w.between(1, 99);
      w.send(pair.client(), length);
      unread += length;
      w.arrived(pair.server(), unread);
      w.await(epoll, 2);
      w.await(epoll, 2);
      if (w.chance()) {
        w.recv(pair.server(), 10_000);
        unread = 0;
      }
      if (w.chance()) {
        w.modify(epoll, pair.server(), flags, i);
      }
    }
    w.await(epoll, 2);
  }

  private static void oneShotHangUp(World w) {
    int epoll = w.epoll();
    World.Pair pair = w.pair();
    int flags = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
    w.add(epoll, pair.server(), flags, 1);
    w.send(pair.client(), 5);
    w.arrived(pair.server(), 5);
    w.await(epoll, 2);
    if (w.chance()) {
      w.reset(pair.client());
    } else {
      w.close(pair.client());
    }
    w.arrives(pair.server(), EPOLLRDHUP);
    w.await(epoll, 2);
    w.modify(epoll, pair.server(), flags, 2);
    w.await(epoll, 2);
    w.await(epoll, 2);
  }

  private static void remove(World w) {
    int epoll = w.epoll();
    List<Integer> fds = eventfds(w, epoll, w.between(2, 5), EPOLLIN | w.oneOf(0, EPOLLET));
    for (int fd : fds) {
      w.writeCounter(fd, 1);
    }
    w.remove(epoll, fds.get(w.between(0, fds.size() - 1)));
    w.await(epoll, 8);
    int last = fds.getLast();
    w.remove(epoll, last);
    w.writeCounter(last, 1);
    w.await(epoll, 8);
    w.add(epoll, last, EPOLLIN, 99);
    w.await(epoll, 8);
  }

  private static void close(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(1, 0);
    w.add(epoll, fd, EPOLLIN, 1);
    if (w.chance()) {
      w.await(epoll, 2);
    }
    w.close(fd);
    w.await(epoll, 2);
    w.remove(epoll, fd);
    w.close(fd);
  }

  private static void dupTrap(World w) {
    int epoll = w.epoll();
    World.Pair pair = w.pair();
    int flags = EPOLLIN | w.oneOf(0, EPOLLET);
    w.add(epoll, pair.server(), flags, 7);
    int dup = w.dup(pair.server());
    w.close(pair.server());
    int length = w.between(1, 99);
    w.send(pair.client(), length);
    w.arrived(dup, length);
    w.await(epoll, 2);
    w.remove(epoll, pair.server());
    w.remove(epoll, dup);
    w.recv(pair.server(), 100);
    w.recv(dup, 100);
    w.await(epoll, 2);
    w.close(dup);
    w.await(epoll, 2);
    w.arrives(pair.client(), EPOLLRDHUP);
    w.recv(pair.client(), 9);
  }

  private static void dupTwice(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(w.between(0, 1), 0x800);
    int dup = w.dup(fd);
    w.add(epoll, fd, EPOLLIN, 1);
    w.add(epoll, dup, w.oneOf(EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLET), 2);
    w.await(epoll, 4);
    w.writeCounter(dup, 1);
    w.await(epoll, 4);
    w.readCounter(fd);
    w.await(epoll, 4);
    w.remove(epoll, fd);
    w.writeCounter(fd, 1);
    w.await(epoll, 4);
    w.close(fd);
    w.await(epoll, 4);
    w.close(dup);
    w.await(epoll, 4);
  }

  private static void dupReuse(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(1, 0);
    w.add(epoll, fd, EPOLLIN, 1);
    int dup = w.dup(fd);
    w.close(fd);
    int newcomer = w.eventfd(w.between(0, 1), 0);
    w.observe("the number is used again", newcomer == fd);
    w.modify(epoll, newcomer, EPOLLIN, 2);
    w.remove(epoll, newcomer);
    w.await(epoll, 4);
    w.add(epoll, newcomer, EPOLLIN, 3);
    w.await(epoll, 4);
    w.close(newcomer);
    w.await(epoll, 4);
    w.close(dup);
    w.await(epoll, 4);
  }

  private static void twoEpolls(World w) {
    int first = w.epoll();
    int second = w.epoll();
    World.Pair pair = w.pair();
    w.add(first, pair.server(), EPOLLIN | w.oneOf(0, EPOLLET), 1);
    w.add(second, pair.server(), EPOLLIN | w.oneOf(0, EPOLLET), 2);
    w.send(pair.client(), w.between(1, 99));
    w.arrives(pair.server(), EPOLLIN);
    w.await(first, 2);
    w.await(second, 2);
    if (w.chance()) {
      w.recv(pair.server(), 100);
    }
    w.await(first, 2);
    w.await(second, 2);
  }

  private static void exclusive(World w) {
    int epoll = w.epoll();
    int second = w.epoll();
    int listener = w.listener(8);
    w.add(epoll, listener, EPOLLIN | EPOLLEXCLUSIVE | w.oneOf(0, EPOLLET, EPOLLERR, EPOLLHUP), 1);
    w.add(second, listener, EPOLLIN | EPOLLEXCLUSIVE, 2);
    w.client(listener);
    w.arrives(listener, EPOLLIN);
    w.await(epoll, 2);
    w.await(second, 2);
    w.modify(epoll, listener, EPOLLIN, 3);
    w.modify(epoll, listener, EPOLLIN | EPOLLEXCLUSIVE, 3);
    w.remove(epoll, listener);
    w.add(epoll, listener, EPOLLIN | EPOLLEXCLUSIVE | w.oneOf(EPOLLONESHOT, EPOLLRDHUP), 4);
    w.add(epoll, second, EPOLLIN | EPOLLEXCLUSIVE, 5);
    w.add(epoll, listener, EPOLLIN, 6);
    w.modify(epoll, listener, EPOLLIN | EPOLLEXCLUSIVE, 7);
  }

  private static void nested(World w) {
    int outer = w.epoll();
    int inner = w.epoll();
    int fd = w.eventfd(0, 0x800);
    w.add(outer, inner, EPOLLIN | w.oneOf(0, EPOLLET), 1);
    w.add(inner, fd, EPOLLIN | w.oneOf(0, EPOLLET), 2);
    w.await(outer, 2);
    w.writeCounter(fd, 1);
    w.await(outer, 2);
    w.await(outer, 2);
    w.await(inner, 2);
    w.readCounter(fd);
    w.await(outer, 2);
    w.await(inner, 2);
    w.writeCounter(fd, 1);
    w.await(outer, 2);
    w.close(inner);
    w.await(outer, 2);
  }

  private static void circle(World w) {
    int first = w.epoll();
    int second = w.epoll();
    int third = w.epoll();
    w.add(first, second, EPOLLIN, 1);
    w.add(second, first, EPOLLIN, 2);
    w.add(second, third, EPOLLIN, 3);
    w.add(third, first, EPOLLIN, 4);
    w.remove(first, second);
    w.add(second, first, EPOLLIN, 5);
  }

  private static void nothing(World w) {
    int epoll = w.epoll();
    World.Pipe pipe = w.pipe();
    w.add(epoll, pipe.reader(), 0, 1);
    w.add(epoll, pipe.writer(), 0, 2);
    w.write(pipe.writer(), w.between(1, 99));
    w.await(epoll, 4);
    w.close(w.chance() ? pipe.reader() : pipe.writer());
    w.await(epoll, 4);
  }

  private static void many(World w) {
    int epoll = w.epoll();
    List<Integer> fds = eventfds(w, epoll, w.between(20, 60), EPOLLIN | w.oneOf(0, EPOLLET));
    List<Integer> chosen = w.shuffled(fds).subList(0, w.between(1, fds.size()));
    for (int fd : chosen) {
      w.writeCounter(fd, 1);
    }
    w.await(epoll, 128);
    for (int fd : w.shuffled(chosen).subList(0, chosen.size() / 2)) {
      w.readCounter(fd);
    }
    w.await(epoll, 128);
  }

  private static void closeEpoll(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(1, 0x800);
    w.add(epoll, fd, EPOLLIN, 1);
    w.close(epoll);
    w.await(epoll, 1);
    w.close(epoll);
    w.readCounter(fd);
    int second = w.epoll();
    w.add(second, fd, EPOLLIN, 2);
    w.await(second, 1);
    w.writeCounter(fd, 1);
    w.await(second, 1);
  }

  private static void edges(World w) {
    int epoll = w.epoll();
    int fd = w.eventfd(0, 0x800);
    w.add(epoll, fd, EPOLLIN | EPOLLOUT | EPOLLET, 1);
    for (int i = w.between(3, 9); i > 0; i--) {
      switch (w.between(0, 2)) {
        case 0 -> w.writeCounter(fd, w.between(0, 3));
        case 1 -> w.readCounter(fd);
        default -> w.await(epoll, 2);
      }
    }
    w.await(epoll, 2);
  }
}
