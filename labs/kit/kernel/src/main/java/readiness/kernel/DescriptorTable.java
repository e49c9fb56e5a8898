package readiness.kernel;

import static readiness.kernel.Errno.EMFILE;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A process's descriptors. A new one gets the lowest number that is free, as POSIX demands: so the
 * number of a connection that was closed a moment ago is the next one's.
 */
final class DescriptorTable {
  /** 0, 1 and 2 are standard input, output and error. */
  private static final int FIRST = 3;

  private @Nullable OpenFile[] files = new @Nullable OpenFile[16];
  private int lowestFree = FIRST;
  private int open;
  private int limit = 1024;

  /** How many numbers there are, the three standard ones included: RLIMIT_NOFILE. */
  void limit(int numbers) {
    limit = numbers;
  }

  int open() {
    return open;
  }

  boolean full() {
    return lowestFree >= limit;
  }

  /** One more than the highest number that may be open. */
  int end() {
    return files.length;
  }

  /** The number that {@code file} gets, or {@code -EMFILE}. */
  int add(OpenFile file) {
    if (full()) {
      return -EMFILE;
    }
    int fd = lowestFree;
    if (fd >= files.length) {
      files = Arrays.copyOf(files, 2 * files.length);
    }
    files[fd] = file;
    file.named();
    open++;
    do {
      lowestFree++;
    } while (lowestFree < files.length && files[lowestFree] != null);
    return fd;
  }

  @Nullable OpenFile get(int fd) {
    return fd >= 0 && fd < files.length ? files[fd] : null;
  }

  /** Frees the number. */
  void remove(int fd) {
    OpenFile file = files[fd];
    files[fd] = null;
    open--;
    lowestFree = Math.min(lowestFree, fd);
    if (file != null) {
      file.unnamed();
    }
  }
}
