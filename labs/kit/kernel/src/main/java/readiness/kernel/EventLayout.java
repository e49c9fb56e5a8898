package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * How {@code struct epoll_event} lies in memory: {@code uint32_t events; uint64_t data}. Linux
 * packs it on x86-64, so that a 32-bit program there sees the same bytes, and pads it to the
 * alignment of its second field elsewhere (include/uapi/linux/eventpoll.h).
 */
public enum EventLayout {
  /** 12 bytes, as on x86-64. */
  PACKED(12, 4),

  /** 16 bytes, as on aarch64 and everywhere else. */
  PADDED(16, 8);

  private final int size;
  private final int data;

  EventLayout(int size, int data) {
    this.size = size;
    this.data = data;
  }

  /** The layout of the machine that this runs on. */
  public static EventLayout platform() {
    String machine = System.getProperty("os.arch");
    return machine.equals("amd64") || machine.equals("x86_64") ? PACKED : PADDED;
  }

  /** Bytes from one event of an array to the next. */
  public int size() {
    return size;
  }

  void put(MemorySegment array, int index, int events, long token) {
    long at = (long) index * size;
    array.set(JAVA_INT, at, events);
    array.set(JAVA_LONG_UNALIGNED, at + data, token);
  }

  int events(MemorySegment array, int index) {
    return array.get(JAVA_INT, (long) index * size);
  }

  long token(MemorySegment array, int index) {
    return array.get(JAVA_LONG_UNALIGNED, (long) index * size + data);
  }
}
