package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * One direction of a connection: the bytes that one end has sent and the other has not read. They
 * lie in one ring, oldest first; the oldest have arrived and can be read, the others are on their
 * way. At the end there may be a FIN, which arrives when all bytes before it have.
 *
 * <pre>
 *   sender → [ on the way | arrived ] → receiver        held = on the way + arrived
 *              sendBuffer   window                      arrived ≤ window
 * </pre>
 *
 * <p>Sizes are in bytes of payload. Real sockets count the memory that bytes take up and change
 * their sizes as they go; no program should depend on either.
 */
final class Channel {
  private static final int LEAST = 512;

  private int sendBuffer;
  private int window;
  private byte[] ring = new byte[LEAST];
  private int first;
  private int held;
  private int arrived;
  private boolean finished;
  private boolean finArrived;
  private boolean delayed;
  private boolean congested;
  private boolean narrow;

  Channel(int sendBuffer, int window) {
    this.sendBuffer = sendBuffer;
    this.window = window;
  }

  /** What the sender's SO_SNDBUF says. */
  void sendBuffer(int bytes) {
    sendBuffer = narrow ? 0 : bytes;
  }

  /** What the receiver's SO_RCVBUF says. */
  void window(int bytes) {
    window = narrow ? window : bytes;
  }

  /** Holds {@code bytes} from now on, all in all and whatever the options say. */
  void narrow(int bytes) {
    narrow = true;
    sendBuffer = 0;
    window = bytes;
  }

  /** How many bytes the sender can send now. */
  int room() {
    return congested ? 0 : Math.max(0, sendBuffer + window - held);
  }

  /**
   * Whether EPOLLOUT is so. Linux wants a third of the buffer to be free, so that a writer is not
   * woken for each byte (sk_stream_is_writeable in net/core/stream.c).
   */
  boolean writable() {
    return room() > 0 && 3L * room() >= sendBuffer + window;
  }

  /** How many bytes can be read now. */
  int arrived() {
    return arrived;
  }

  boolean finArrived() {
    return finArrived;
  }

  /** Takes bytes to be sent, no more than there is {@link #room} for. */
  void put(MemorySegment from, long offset, int length) {
    makePlace(length);
    int at = (first + held) % ring.length;
    int straight = Math.min(length, ring.length - at);
    MemorySegment.copy(from, JAVA_BYTE, offset, ring, at, straight);
    MemorySegment.copy(from, JAVA_BYTE, offset + straight, ring, 0, length - straight);
    held += length;
  }

  private void makePlace(int more) {
    int needed = held + more;
    if (needed <= ring.length) {
      return;
    }
    byte[] larger = new byte[Math.max(needed, 2 * ring.length)];
    int straight = Math.min(held, ring.length - first);
    System.arraycopy(ring, first, larger, 0, straight);
    System.arraycopy(ring, 0, larger, straight, held - straight);
    ring = larger;
    first = 0;
  }

  /** Copies bytes that have arrived, no more than {@link #arrived}, and leaves them. */
  void peek(MemorySegment to, long offset, int length) {
    int straight = Math.min(length, ring.length - first);
    MemorySegment.copy(ring, first, to, JAVA_BYTE, offset, straight);
    MemorySegment.copy(ring, 0, to, JAVA_BYTE, offset + straight, length - straight);
  }

  /** Drops the oldest bytes: they have been read. */
  void skip(int length) {
    first = (first + length) % ring.length;
    held -= length;
    arrived -= length;
  }

  /** The sender has finished. */
  void finish() {
    finished = true;
  }

  /** How many bytes are on the way that the window has room for. */
  int arriving() {
    return delayed ? 0 : Math.max(0, Math.min(held, window) - arrived);
  }

  /** Lets them arrive. */
  void arrive() {
    arrived += arriving();
  }

  /** Lets the FIN arrive, if it is its turn, and says whether it did. */
  boolean arriveFin() {
    if (delayed || finArrived || !finished || arrived < held) {
      return false;
    }
    finArrived = true;
    return true;
  }

  /** Puts what has arrived back on its way: it arrives when no longer {@link #delayed(boolean)}. */
  void unarrive() {
    arrived = 0;
  }

  /** While delayed, nothing arrives. */
  void delayed(boolean is) {
    delayed = is;
  }

  /** While congested, there is no room. */
  void congested(boolean is) {
    congested = is;
  }

  /** The connection has been reset: what is on its way is lost, what has arrived is not. */
  void cut() {
    held = arrived;
    delayed = false;
  }
}
