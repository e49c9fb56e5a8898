package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static readiness.kernel.Errno.EINVAL;
import static readiness.kernel.Errno.ENOPROTOOPT;

import java.lang.foreign.MemorySegment;

/**
 * A socket's options (socket(7), tcp(7)): those that {@link Sockets} has a name for, and
 * -ENOPROTOOPT for all others. An accepted socket begins with a copy of its listener's.
 */
final class SocketOptions {
  /** What the kernel adds for its own bookkeeping: SO_SNDBUF reads back as twice what was set. */
  private static final int OVERHEAD = 2;

  private static final int LEAST_SEND = 4608;
  private static final int LEAST_RECEIVE = 2304;
  private static final int MOST = 212_992;
  private static final int LINGER_SIZE = 8;

  private boolean reuseAddress;
  private boolean reusePort;
  private boolean noDelay;
  private boolean linger;
  private int lingerSeconds;
  private int sendBuffer = OVERHEAD * 65_536;
  private int receiveBuffer = OVERHEAD * 65_536;

  SocketOptions copy() {
    SocketOptions copy = new SocketOptions();
    copy.reuseAddress = reuseAddress;
    copy.reusePort = reusePort;
    copy.noDelay = noDelay;
    copy.linger = linger;
    copy.lingerSeconds = lingerSeconds;
    copy.sendBuffer = sendBuffer;
    copy.receiveBuffer = receiveBuffer;
    return copy;
  }

  boolean reuseAddress() {
    return reuseAddress;
  }

  boolean reusePort() {
    return reusePort;
  }

  /** Whether close is to reset: SO_LINGER with a time of 0. */
  boolean resetsOnClose() {
    return linger && lingerSeconds == 0;
  }

  /** Bytes of payload that this socket keeps for sending. */
  int sendBuffer() {
    return sendBuffer / OVERHEAD;
  }

  /** Bytes of payload that this socket keeps until they are read. */
  int window() {
    return receiveBuffer / OVERHEAD;
  }

  int set(int level, int name, MemorySegment value) {
    if (value.byteSize() < Integer.BYTES) {
      return -EINVAL;
    }
    int number = value.get(JAVA_INT_UNALIGNED, 0);
    switch (level) {
      case Sockets.SOL_SOCKET -> {
        switch (name) {
          case Sockets.SO_REUSEADDR -> reuseAddress = number != 0;
          case Sockets.SO_REUSEPORT -> reusePort = number != 0;
          case Sockets.SO_SNDBUF -> sendBuffer = Math.max(LEAST_SEND, doubled(number));
          case Sockets.SO_RCVBUF -> receiveBuffer = Math.max(LEAST_RECEIVE, doubled(number));
          case Sockets.SO_LINGER -> {
            if (value.byteSize() < LINGER_SIZE) {
              return -EINVAL;
            }
            linger = number != 0;
            // Switched off, the time stays what it was.
            lingerSeconds = linger ? value.get(JAVA_INT_UNALIGNED, Integer.BYTES) : lingerSeconds;
          }
          default -> {
            return -ENOPROTOOPT;
          }
        }
      }
      case Sockets.IPPROTO_TCP -> {
        if (name != Sockets.TCP_NODELAY) {
          return -ENOPROTOOPT;
        }
        noDelay = number != 0;
      }
      default -> {
        return -ENOPROTOOPT;
      }
    }
    return 0;
  }

  private static int doubled(int size) {
    return OVERHEAD * Math.clamp(size, 0, MOST);
  }

  /** The option's bytes written to {@code value}, how many, or a negated errno. */
  int get(int level, int name, MemorySegment value) {
    if (level == Sockets.IPPROTO_TCP) {
      return name == Sockets.TCP_NODELAY ? put(value, noDelay ? 1 : 0) : -ENOPROTOOPT;
    }
    if (level != Sockets.SOL_SOCKET) {
      return -ENOPROTOOPT;
    }
    return switch (name) {
      case Sockets.SO_REUSEADDR -> put(value, reuseAddress ? 1 : 0);
      case Sockets.SO_REUSEPORT -> put(value, reusePort ? 1 : 0);
      case Sockets.SO_TYPE -> put(value, Sockets.SOCK_STREAM);
      case Sockets.SO_SNDBUF -> put(value, sendBuffer);
      case Sockets.SO_RCVBUF -> put(value, receiveBuffer);
      case Sockets.SO_LINGER -> put(value, linger ? 1 : 0, lingerSeconds);
      default -> -ENOPROTOOPT;
    };
  }

  /** Writes the numbers, as far as {@code value} reaches: a short one gets the first bytes. */
  static int put(MemorySegment value, int... numbers) {
    MemorySegment whole = MemorySegment.ofArray(numbers);
    int size = (int) Math.min(value.byteSize(), whole.byteSize());
    MemorySegment.copy(whole, 0, value, 0, size);
    return size;
  }
}
