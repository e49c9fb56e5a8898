package readiness.epoll;

import java.util.Arrays;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/**
 * What an epoll is to report, for each descriptor, told to the kernel as late and as seldom as
 * possible.
 *
 * <p>Within a turn of the loop interest may change back and forth: a connection has something to
 * send, then it has not. {@link #want} only writes down what is wanted; {@link #apply} is called
 * once before each wait and makes one epoll_ctl(2) for each descriptor whose interest differs from
 * what the kernel knows. For most turns that is none.
 *
 * <p>Indexed by descriptor: the kernel hands out the lowest free number, so the arrays stay as
 * small as the number of open files. Belongs to one thread.
 */
final class Registry {
  /** Stands for interest in a descriptor that the epoll does not know; no mask has this value. */
  private static final int ABSENT = 1 << 27;

  private final Sockets sockets;
  private final Epoll epoll;
  private final int epfd;

  /** What is wanted, and what the kernel was told, for each descriptor. */
  private int[] wanted = {};

  private int[] told = {};
  private long[] tokens = {};

  /** Descriptors to look at in {@link #apply}, each once: those with {@code listed} set. */
  private int[] changed = new int[16];

  private boolean[] listed = {};
  private int changes;

  /**
   * @param sockets closes descriptors
   * @param epoll makes the calls
   * @param epfd the epoll, which stays the caller's
   */
  Registry(Sockets sockets, Epoll epoll, int epfd) {
    this.sockets = sockets;
    this.epoll = epoll;
    this.epfd = epfd;
  }

  /**
   * From the next {@link #apply} on, {@code fd} is watched for {@code events}. Replaces what was
   * wanted before; makes no system call.
   *
   * @param fd an open descriptor, registered or not
   * @param events of the constants of {@link Epoll}; 0 is an interest too: only EPOLLERR and
   *     EPOLLHUP are reported then
   * @param token comes back with each event; the caller gives the same one until {@link #close}
   */
  void want(int fd, int events, long token) {
    // tag::interest[]
    grow(fd);
    wanted[fd] = events;
    tokens[fd] = token;
    if (events != told[fd]) {
      list(fd);
    }
    // end::interest[]
  }

  /**
   * Tells the kernel what has changed since the last time: one call for each descriptor whose
   * interest is another now than what the kernel knows, no call for the others. Looks only at those
   * that may have changed, however many are watched.
   *
   * @throws IllegalStateException if the kernel refuses: the descriptor was closed behind the
   *     registry's back, or the system's limit of watched descriptors is reached
   */
  void apply() {
    // tag::interest[]
    for (int i = 0; i < changes; i++) {
      int fd = changed[i];
      listed[fd] = false;
      if (wanted[fd] == told[fd]) {
        continue;
      }
      int result =
          told[fd] == ABSENT
              ? epoll.add(epfd, fd, wanted[fd], tokens[fd])
              : epoll.modify(epfd, fd, wanted[fd], tokens[fd]);
      told[fd] = wanted[fd];
      check(result, fd);
    }
    changes = 0;
    // end::interest[]
  }

  /**
   * Takes {@code fd} out of the epoll, if it is in it, and closes it, both at once.
   *
   * <p>In this order. Closing alone takes a descriptor out only if no other refers to the same open
   * file: while a dup(2) of it lives, events go on, and once the number is closed nothing can stop
   * them (epoll(7), questions and answers).
   *
   * <p>What the kernel answers to either is passed over: {@code fd} is given up, whatever it says,
   * and whoever closes many must get to the last of them.
   *
   * @param fd an open descriptor, also one that was never wanted
   */
  void close(int fd) {
    // tag::interest[]
    grow(fd);
    if (told[fd] != ABSENT) {
      epoll.remove(epfd, fd);
    }
    wanted[fd] = ABSENT;
    told[fd] = ABSENT;
    sockets.close(fd);
    // end::interest[]
  }

  /** Puts {@code fd} on the list that {@link #apply} goes through, unless it is there. */
  private void list(int fd) {
    if (listed[fd]) {
      return;
    }
    if (changes == changed.length) {
      changed = Arrays.copyOf(changed, 2 * changes);
    }
    changed[changes++] = fd;
    listed[fd] = true;
  }

  /** Makes room for {@code fd} in the arrays; new places say {@link #ABSENT}. */
  private void grow(int fd) {
    int from = wanted.length;
    if (fd < from) {
      return;
    }
    int to = Math.max(fd + 1, Math.max(64, 2 * from));
    wanted = Arrays.copyOf(wanted, to);
    told = Arrays.copyOf(told, to);
    Arrays.fill(wanted, from, to, ABSENT);
    Arrays.fill(told, from, to, ABSENT);
    tokens = Arrays.copyOf(tokens, to);
    listed = Arrays.copyOf(listed, to);
  }

  private static void check(int result, int fd) {
    if (result < 0) {
      throw new IllegalStateException("epoll_ctl for fd %d: %s".formatted(fd, Errno.name(result)));
    }
  }
}
