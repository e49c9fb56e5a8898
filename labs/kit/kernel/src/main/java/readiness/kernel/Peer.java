package readiness.kernel;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A scripted end of a connection: the client that a server under test serves, or the server that a
 * client under test connects to. The script is written down first and acted out while {@link
 * Simulation#drive} turns the loop: its actions happen in order, at times that the seed decides.
 *
 * <pre>{@code
 * Peer alice = simulation.peer("alice").connect(address)
 *     .send("hello").expect(5).pause(Duration.ofMillis(5)).send(more).halfClose();
 * }</pre>
 *
 * <p>Actions may be added after a {@code drive}; the next one acts them out. A peer whose script
 * has ended keeps its connection open, and goes on reading as it was told to.
 */
public final class Peer {
  Peer() {}

  /** Connects to {@code address}. With a full accept queue it waits until there is room. */
  public Peer connect(InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }

  /** Listens on {@code address} and takes one connection; the script goes on when it has come. */
  public Peer accept(InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }

  /** Sends {@code bytes}, all of them, as fast as the other side takes them. */
  public Peer send(byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** Sends {@code text} in UTF-8. */
  public Peer send(String text) {
    throw new UnsupportedOperationException();
  }

  /** Does nothing for {@code time}, on the virtual clock. */
  public Peer pause(Duration time) {
    throw new UnsupportedOperationException();
  }

  /**
   * Goes on when {@code bytes} more bytes have been received than by the last {@code expect}. A
   * connection that ends before is a {@link Finding}.
   */
  public Peer expect(long bytes) {
    throw new UnsupportedOperationException();
  }

  /** Goes on when the other side has finished sending or has reset the connection. */
  public Peer expectEnd() {
    throw new UnsupportedOperationException();
  }

  /** shutdown(SHUT_WR): finishes sending, and goes on receiving. */
  public Peer halfClose() {
    throw new UnsupportedOperationException();
  }

  /** Closes, as close(2) does: what was not read makes it a reset. */
  public Peer close() {
    throw new UnsupportedOperationException();
  }

  /** Resets the connection: the other side sees ECONNRESET. */
  public Peer reset() {
    throw new UnsupportedOperationException();
  }

  /** From now on reads at most {@code bytes} at a time, with rests between. */
  public Peer readsUpTo(int bytes) {
    throw new UnsupportedOperationException();
  }

  /** From now on reads nothing. */
  public Peer neverReads() {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets the way to this peer hold {@code bytes}: that much the other side can send before anything
   * is read. To be said before {@link #connect}.
   */
  public Peer window(int bytes) {
    throw new UnsupportedOperationException();
  }

  /** A name for traces. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** What it has read so far. */
  public byte[] received() {
    throw new UnsupportedOperationException();
  }

  /** What it has read so far, as UTF-8. */
  public String text() {
    throw new UnsupportedOperationException();
  }

  /** Whether it has read all that the other side sent, and that side has finished sending. */
  public boolean sawEnd() {
    throw new UnsupportedOperationException();
  }

  /** Whether the other side has reset the connection, or refused it. */
  public boolean sawReset() {
    throw new UnsupportedOperationException();
  }

  /** Whether every action of the script has been acted out. */
  public boolean done() {
    throw new UnsupportedOperationException();
  }
}
