package readiness.bench.epoll;

/**
 * How a client's visit went.
 *
 * @param manner how it behaved
 * @param sent bytes that it has sent
 * @param received bytes that it has received, all right but for what {@code ending} says
 * @param ending how it ended
 * @param detail what was seen, if it did not end well
 */
record Visit(Manner manner, long sent, long received, Ending ending, String detail) {
  /** How a visit can end. */
  enum Ending {
    /** As the client wanted. */
    WELL,

    /** The server closed or reset the connection before it had answered anything. */
    TURNED_AWAY,

    /** It did so later, or fell silent for half a minute. */
    CUT_OFF,

    /** A byte came back that is not the one that was sent. */
    WRONG
  }
}
