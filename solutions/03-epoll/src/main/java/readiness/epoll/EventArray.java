package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import readiness.kernel.EventLayout;

/**
 * The memory into which epoll_wait(2) writes: an array of {@code struct epoll_event}, read where it
 * lies.
 *
 * <pre>
 *              events   data                     events  (padding)  data
 *   x86-64   | 4 bytes | 8 bytes |     aarch64  | 4     | 4       | 8 bytes |
 *            0         4         12             0       4         8         16
 * </pre>
 *
 * <p>Its length limits what one wait brings, not how many descriptors can be watched. To read an
 * event takes no memory, neither here nor in {@link Token}: a loop does it all day.
 *
 * <p>Belongs to one thread. The memory is native and lives as long as this object.
 */
public final class EventArray {
  private final int size;
  private final int capacity;
  private final MemorySegment memory;

  /**
   * An array in this machine's layout.
   *
   * @param capacity how many events one wait may bring, more than 0
   */
  public EventArray(int capacity) {
    this(capacity, EventLayout.platform());
  }

  /** An array in a given layout, for tests on one machine of what another one does. */
  EventArray(int capacity, EventLayout layout) {
    this.size = layout.size();
    this.capacity = capacity;
    this.memory = Arena.ofAuto().allocate((long) capacity * size, 8);
  }

  /** How many events one wait may bring. */
  public int capacity() {
    return capacity;
  }

  /** What to hand to epoll_wait(2): {@link #capacity} structs. */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * The flags of event {@code i}: {@code EPOLLIN}, … as the last wait wrote them.
   *
   * @param i from 0, less than what the last wait returned
   */
  public int events(int i) {
    // tag::event-array[]
    return memory.get(JAVA_INT, offset(i));
    // end::event-array[]
  }

  /**
   * The 64 bits that came back with event {@code i}: those given with epoll_ctl(2).
   *
   * @param i from 0, less than what the last wait returned
   */
  public long token(int i) {
    // tag::event-array[]
    return memory.get(JAVA_LONG_UNALIGNED, offset(i) + size - 8);
    // end::event-array[]
  }

  // tag::event-array[]
  /** Where event {@code i} begins. */
  private long offset(int i) {
    return (long) i * size;
  }
  // end::event-array[]
}
