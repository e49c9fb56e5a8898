package readiness.epoll;

import java.util.function.LongSupplier;
import readiness.kernel.Buffers;
import readiness.kernel.Epoll;
import readiness.kernel.Sockets;

/** Loops for tests: what a protocol throws ends the turn, and so the test. */
final class Loops {
  private Loops() {}

  static EventLoop of(Sockets sockets, Epoll epoll, LongSupplier nanoTime, Buffers buffers) {
    return of(sockets, epoll, nanoTime, buffers, Trigger.LEVEL);
  }

  static EventLoop of(
      Sockets sockets, Epoll epoll, LongSupplier nanoTime, Buffers buffers, Trigger trigger) {
    EventLoop loop = new EventLoop(sockets, epoll, nanoTime, buffers, trigger);
    loop.onDefect(Defects::rethrow);
    return loop;
  }
}
