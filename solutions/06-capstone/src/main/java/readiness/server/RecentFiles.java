package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Small files that were asked for before in the same second, found by the path as the client wrote
 * it, without making a String of it. So a file that is asked for often is looked at once in a
 * second, and a change of it shows after a second at most.
 *
 * <p>A second is one of the clock that Date shows: who asks knows it already, and another look at a
 * clock costs as much as finding the file.
 *
 * <p>A table in which each path has one place and the newcomer takes it: never full, never
 * searched. It keeps at most {@value #PLACES} files; the cache that chooses well whom to keep is
 * chapter 4's.
 */
final class RecentFiles {
  private static final int PLACES = 256;

  private record Entry(byte[] path, Resource file, long second) {}

  private final @Nullable Entry[] entries = new Entry[PLACES];

  /**
   * The file that {@code memory[from, to)} led to in this second, null if none.
   *
   * @param second the second that it is, since 1970
   */
  @Nullable Resource find(MemorySegment memory, long from, long to, long second) {
    Entry entry = entries[place(memory, from, to)];
    if (entry == null || entry.second != second || !Grammar.same(memory, from, to, entry.path)) {
      return null;
    }
    return entry.file;
  }

  /**
   * Remembers where {@code memory[from, to)} leads to in this second, if the file is a small one.
   */
  void remember(MemorySegment memory, long from, long to, long second, Resource file) {
    if (file.content() != null) {
      byte[] path = memory.asSlice(from, to - from).toArray(JAVA_BYTE);
      entries[place(memory, from, to)] = new Entry(path, file, second);
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
