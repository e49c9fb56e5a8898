package readiness.kernel;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A listener's connections that nobody has accepted yet, oldest first. */
final class AcceptQueue {
  /** The most that listen(2) grants: net.core.somaxconn. */
  private static final int MOST = 4096;

  private final ArrayDeque<SimSocket> waiting = new ArrayDeque<>(0);
  private int backlog;
  private boolean hidden;

  /** Sets the limit. A negative number is taken for a very large one. */
  void backlog(int wanted) {
    backlog = wanted < 0 ? MOST : Math.min(wanted, MOST);
  }

  /** It holds one more than was asked for: see sk_acceptq_is_full in include/net/sock.h. */
  boolean full() {
    return waiting.size() > backlog;
  }

  int size() {
    return waiting.size();
  }

  void add(SimSocket connection) {
    waiting.addLast(connection);
  }

  @Nullable SimSocket remove() {
    return waiting.pollFirst();
  }

  /** While hidden, it looks empty. */
  void hidden(boolean is) {
    hidden = is;
  }

  boolean looksEmpty() {
    return hidden || waiting.isEmpty();
  }
}
