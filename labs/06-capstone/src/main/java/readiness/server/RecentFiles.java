package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Small files that were asked for within the last second, found by the path as the client wrote it,
 * without making a String of it. So a file that is asked for often is looked at once in a second,
 * and a change of it shows after a second at most.
 *
 * <p>A table in which each path has one place and the newcomer takes it: never full, never
 * searched. It keeps at most {@value #PLACES} files; the cache that chooses well whom to keep is
 * chapter 4's.
 */
final class RecentFiles {
  private static final int PLACES = 256;
  private static final long FRESH_NANOS = 1_000_000_000;

  private record Entry(byte[] path, Resource file, long since) {}

  private final @Nullable Entry[] entries = new Entry[PLACES];
  private final LongSupplier nanoTime;

  /**
   * An empty table.
   *
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  RecentFiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The file that {@code memory[from, to)} led to within the last second, null if none. */
  @Nullable Resource find(MemorySegment memory, long from, long to) {
    Entry entry = entries[place(memory, from, to)];
    if (entry == null
        || !Grammar.same(memory, from, to, entry.path)
        || nanoTime.getAsLong() - entry.since >= FRESH_NANOS) {
      return null;
    }
    return entry.file;
  }

  /** Remembers where {@code memory[from, to)} leads to, if the file is a small one. */
  void remember(MemorySegment memory, long from, long to, Resource file) {
    if (file.content() != null) {
      byte[] path = memory.asSlice(from, to - from).toArray(JAVA_BYTE);
      entries[place(memory, from, to)] = new Entry(path, file, nanoTime.getAsLong());
    }
  }

  private static int place(MemorySegment memory, long from, long to) {
    int hash = 0;
    for (long i = from; i < to; i++) {
      hash = 31 * hash + memory.get(JAVA_BYTE, i);
    }
    return (hash ^ hash >>> 16) & PLACES - 1;
  }
}
