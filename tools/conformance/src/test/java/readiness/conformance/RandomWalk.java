package readiness.conformance;

import static readiness.conformance.Scenario.scenario;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLONESHOT;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Sockets.SHUT_RD;
import static readiness.kernel.Sockets.SHUT_WR;

import java.util.List;

/** Calls in any order, on one connection: for what nobody thought of. */
final class RandomWalk {
  private static final int ALL = EPOLLIN | EPOLLOUT | EPOLLRDHUP;

  private RandomWalk() {}

  static List<Scenario> all() {
    return List.of(
        scenario("a walk on a connection, level-triggered", w -> walk(w, 0)),
        scenario("a walk on a connection, edge-triggered", w -> walk(w, EPOLLET)),
        scenario("a walk on a connection, one-shot", w -> walk(w, EPOLLONESHOT)),
        scenario(
            "a walk on a connection, one-shot and edge-triggered",
            w -> walk(w, EPOLLONESHOT | EPOLLET)));
  }

  private static void walk(World w, int how) {
    World.Pair pair = w.pair();
    int[] ends = {pair.client(), pair.server()};
    boolean[] finished = new boolean[2];
    int[] sent = new int[2];
    int[] taken = new int[2];
    int epoll = w.epoll();
    w.add(epoll, ends[0], ALL | how, 0);
    w.add(epoll, ends[1], ALL | how, 1);
    for (int i = 0; i < 25; i++) {
      int end = w.between(0, 1);
      int other = 1 - end;
      switch (w.between(0, 9)) {
        case 0, 1 -> {
          int length = w.between(1, 400);
          int result = w.send(ends[end], length);
          if (result > 0) {
            sent[end] += result;
            w.arrived(ends[other], sent[end] - taken[other]);
          }
        }
        case 2, 3 -> taken[end] += Math.max(0, w.recv(ends[end], w.between(1, 600)));
        case 4 -> w.modify(epoll, ends[end], w.oneOf(ALL, EPOLLIN, EPOLLOUT, 0) | how, end);
        case 5 -> {
          if (w.between(0, 3) == 0 && !finished[end]) {
            w.shutdown(ends[end], SHUT_WR);
            finished[end] = true;
            w.arrives(ends[other], EPOLLRDHUP);
          }
        }
        case 6 -> {
          if (w.between(0, 6) == 0) {
            w.shutdown(ends[end], SHUT_RD);
          }
        }
        default -> w.await(epoll, w.between(1, 3));
      }
      if (finished[0] && finished[1]) {
        break;
      }
    }
    w.await(epoll, 4);
  }
}
