package readiness.kernel;

/**
 * What a {@link Simulation} may do to the code that runs on it. Each step names its menu; a
 * simulation without one is kind: it takes and gives all it can, at once. How often a fault of the
 * menu strikes is for the seed to decide.
 *
 * <p>Everything here is something that Linux does, and nothing here touches a {@link Peer}'s
 * script: what a peer says, it says, whatever the menu.
 */
public enum Fault {
  /** Bytes arrive in pieces: {@code recv} gets some now, the others come a moment later. */
  PARTIAL_READS,

  /**
   * {@code send} and {@code write} take some of the bytes; room for others comes a moment later.
   */
  PARTIAL_WRITES,

  /** A non-blocking call says {@code -EAGAIN} though the descriptor was reported ready. */
  SPURIOUS_EAGAIN,

  /** A signal ends a wait early: {@code await} says {@code -EINTR}, after part of its time. */
  EINTR,

  /**
   * {@code await} reports EPOLLIN for a socket that has nothing (on Linux for instance when a
   * segment arrived whose checksum is wrong): a descriptor that is not O_NONBLOCK would block.
   */
  SPURIOUS_READINESS,

  /** Besides your peers, strangers connect, perhaps say something, and reset the connection. */
  RESETS,

  /** Besides your peers, strangers connect, say something, finish sending, and wait for the end. */
  HALF_CLOSES,

  /** Besides your peers, strangers connect and are gone again before they are accepted. */
  GONE_BEFORE_ACCEPT,

  /** Now and then no descriptor is free: {@code accept4} says {@code -EMFILE}, later it works. */
  EMFILE,

  /** Events of one {@code await} come in any order, not in that in which they happened. */
  EVENT_ORDER
}
