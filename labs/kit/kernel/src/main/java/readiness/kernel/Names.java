package readiness.kernel;

import java.util.Arrays;

/**
 * Which descriptor an event's token stands for: what was said when it was added. Open addressing,
 * so that looking up allocates nothing; entries are never taken out, only overwritten.
 */
final class Names {
  private long[] epfdAndFd = new long[64];
  private long[] tokens = new long[64];
  private boolean[] used = new boolean[64];
  private int size;

  void put(int epfd, int fd, long token) {
    if (2 * size >= used.length) {
      grow();
    }
    int at = find(epfd, token);
    if (!used[at]) {
      size++;
    }
    used[at] = true;
    tokens[at] = token;
    epfdAndFd[at] = both(epfd, fd);
  }

  /** The descriptor, or -1 if no registration had this token. */
  int get(int epfd, long token) {
    int at = find(epfd, token);
    return used[at] ? (int) epfdAndFd[at] : -1;
  }

  private int find(int epfd, long token) {
    int mask = used.length - 1;
    int at = Long.hashCode((token ^ epfd) * 0x9e3779b97f4a7c15L) & mask;
    while (used[at] && (tokens[at] != token || (int) (epfdAndFd[at] >> 32) != epfd)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long both(int epfd, int fd) {
    return (long) epfd << 32 | Integer.toUnsignedLong(fd);
  }

  private void grow() {
    long[] oldBoth = epfdAndFd;
    long[] oldTokens = tokens;
    boolean[] oldUsed = used;
    epfdAndFd = new long[2 * oldUsed.length];
    tokens = Arrays.copyOf(oldTokens, epfdAndFd.length);
    used = new boolean[epfdAndFd.length];
    size = 0;
    for (int i = 0; i < oldUsed.length; i++) {
      if (oldUsed[i]) {
        put((int) (oldBoth[i] >> 32), (int) oldBoth[i], oldTokens[i]);
      }
    }
  }
}
