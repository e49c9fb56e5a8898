package readiness.kernel;

import java.lang.foreign.MemorySegment;

/**
 * epoll(7) in six functions, after Redis's {@code ae_epoll.c}. As in {@link Sockets}, a result is
 * the call's own value or the negated errno, nothing throws and nothing retries; an instance
 * belongs to one thread at a time.
 *
 * <p>The kit holds no implementation on the real kernel: binding it is the first step of chapter 3.
 */
public interface Epoll {
  /** Bytes to read, a connection to accept, or the peer has finished sending. */
  int EPOLLIN = 0x001;

  /** Room to write. */
  int EPOLLOUT = 0x004;

  /** An error waits in SO_ERROR. Reported whether asked for or not. */
  int EPOLLERR = 0x008;

  /** Both directions are shut. Reported whether asked for or not. */
  int EPOLLHUP = 0x010;

  /** The peer has finished sending. */
  int EPOLLRDHUP = 0x2000;

  /** Wake one of several epolls that watch the same descriptor. */
  int EPOLLEXCLUSIVE = 1 << 28;

  /** Report once, then stay silent until modified. */
  int EPOLLONESHOT = 1 << 30;

  /** Edge-triggered: report what is new, not what is so. */
  int EPOLLET = 1 << 31;

  int EPOLL_CLOEXEC = 0x80000;

  /** epoll_create1(2): a new epoll's descriptor. */
  int create(int flags);

  /**
   * epoll_ctl(2), EPOLL_CTL_ADD.
   *
   * @param events what to report, of the constants above
   * @param token 64 bits that come back with each event, the kernel does not look at them
   * @return 0, {@code -EEXIST} if {@code fd} is registered already, {@code -EBADF}, …
   */
  int add(int epfd, int fd, int events, long token);

  /** epoll_ctl(2), EPOLL_CTL_MOD: {@code -ENOENT} if {@code fd} is not registered. */
  int modify(int epfd, int fd, int events, long token);

  /** epoll_ctl(2), EPOLL_CTL_DEL: {@code -ENOENT} if {@code fd} is not registered. */
  int remove(int epfd, int fd);

  /**
   * epoll_wait(2): waits for events and writes them to {@code events} as an array of {@code struct
   * epoll_event}: {@code uint32_t events; uint64_t data}, native byte order, 12 bytes packed on
   * x86-64, 16 bytes with padding after the first field elsewhere.
   *
   * @param events native memory for at least {@code max} structs
   * @param max how many events this call may return, more than 0
   * @param millis how long to wait at most: 0 returns at once, -1 waits without limit
   * @return how many events were written, 0 after the time, {@code -EINTR} after a signal
   */
  int await(int epfd, MemorySegment events, int max, int millis);

  /** close(2): the epoll and all its registrations are gone. */
  int close(int epfd);
}
