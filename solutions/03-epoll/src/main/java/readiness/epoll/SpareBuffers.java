package readiness.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import readiness.kernel.Buffers;

/**
 * {@link Buffers} in sizes of powers of two, each kept for the next taker: enough for a loop by
 * itself. Chapter 2 builds the pool that also counts, trims and watches for leaks.
 *
 * <p>Belongs to one thread. Never shrinks below what was in use at once.
 */
public final class SpareBuffers implements Buffers {
  private static final int SMALLEST = 12;

  /** Spare segments of 4 KiB, 8 KiB, … */
  private final List<ArrayDeque<MemorySegment>> spare = new ArrayList<>();

  private final MemoryLimit limit;

  /** Buffers with nothing kept yet, and no limit. */
  public SpareBuffers() {
    this(new MemoryLimit(Long.MAX_VALUE));
  }

  /** Buffers that lend no more than {@code limit} allows to all who share it. */
  public SpareBuffers(MemoryLimit limit) {
    this.limit = limit;
    for (int power = SMALLEST; power < Long.SIZE - 1; power++) {
      spare.add(new ArrayDeque<>(4));
    }
  }

  @Override
  public MemorySegment take(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("cannot lend " + bytes + " bytes");
    }
    int power = Math.max(SMALLEST, Long.SIZE - Long.numberOfLeadingZeros(bytes - 1));
    limit.take(1L << power);
    MemorySegment kept = spare.get(power - SMALLEST).poll();
    return kept != null ? kept : allocate(1L << power);
  }

  private MemorySegment allocate(long bytes) {
    try {
      return Arena.ofAuto().allocate(bytes, 8);
    } catch (OutOfMemoryError e) {
      limit.give(bytes);
      throw e;
    }
  }

  @Override
  public void give(MemorySegment buffer) {
    int power = Long.numberOfTrailingZeros(buffer.byteSize());
    if (power < SMALLEST || buffer.byteSize() != 1L << power) {
      throw new IllegalArgumentException("not one of these buffers: " + buffer);
    }
    spare.get(power - SMALLEST).push(buffer);
    limit.give(buffer.byteSize());
  }
}
