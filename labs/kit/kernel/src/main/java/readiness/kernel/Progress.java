package readiness.kernel;

/**
 * Tells a loop that works from one that spins. Progress is what the loop moves: bytes, connections
 * and descriptors that come or go; and a wait that lasts. Asking again and being told again is not,
 * whatever others do meanwhile.
 */
final class Progress {
  /** Long enough that no loop makes so many calls, or turns, for nothing. */
  private static final int CALLS = 100_000;

  private static final int TURNS = 100;
  private static final int SLEEPS = 1_000;

  private int calls;
  private int turns;
  private int sleeps;

  /** A call has been made; says whether it moved anything. */
  boolean call(Call call, int result) {
    calls++;
    boolean moved = moves(call, result);
    if (moved) {
      made();
    }
    return moved;
  }

  private static boolean moves(Call call, int result) {
    return switch (call) {
      case RECV, SEND, READ, WRITE ->
          result > 0 || result == -Errno.ECONNRESET || result == -Errno.EPIPE;
      case SOCKET, BIND, LISTEN, ACCEPT4, SHUTDOWN, CLOSE, EVENTFD, PIPE2, DUP -> result >= 0;
      case CONNECT -> result >= 0 || result == -Errno.EINPROGRESS;
      case EPOLL_CREATE1, EPOLL_CTL_ADD, EPOLL_CTL_DEL -> result >= 0;
      // Told twice, or changed to and fro, nothing has moved.
      case EPOLL_CTL_MOD, EPOLL_WAIT -> false;
      case GETSOCKNAME, GETPEERNAME, SETSOCKOPT, GETSOCKOPT, NOTE -> false;
    };
  }

  /** Something has moved. */
  void made() {
    calls = 0;
    turns = 0;
    sleeps = 0;
  }

  /** A wait has let time pass. */
  void waited() {
    turns = 0;
    calls = 0;
  }

  /** A wait has let time pass, for nothing. */
  void slept() {
    waited();
    sleeps++;
  }

  /** A turn is over. */
  void turn() {
    turns++;
  }

  boolean spinsWithinTurn() {
    return calls > CALLS;
  }

  boolean spins() {
    return turns > TURNS;
  }

  boolean sleepsAgainAndAgain() {
    return sleeps > SLEEPS;
  }

  int turns() {
    return turns;
  }
}
