package readiness.kernel;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on sockets and a few on other descriptors: one method per call, without policy.
 *
 * <p><b>Results.</b> A method returns the call's own non-negative value, or the negated errno
 * ({@code -EAGAIN}, see {@link Errno}), as the kernel itself does. Nothing here throws for what the
 * kernel may answer, and nothing retries: {@code -EINTR} is a result.
 *
 * <p><b>Memory.</b> Buffers are native {@link MemorySegment}s and stay the caller's. A range
 * outside the segment is an {@link IndexOutOfBoundsException}, a heap segment an {@link
 * IllegalArgumentException}: both are mistakes of the caller, made before the kernel is asked.
 *
 * <p><b>Threads.</b> An instance belongs to one thread at a time: it owns the memory into which
 * errno is captured. Descriptors may be shared.
 */
public interface Sockets {
  int AF_INET = 2;
  int AF_INET6 = 10;

  int SOCK_STREAM = 1;
  int SOCK_NONBLOCK = 0x800;
  int SOCK_CLOEXEC = 0x80000;

  int SOL_SOCKET = 1;
  int SO_REUSEADDR = 2;
  int SO_TYPE = 3;
  int SO_ERROR = 4;
  int SO_SNDBUF = 7;
  int SO_RCVBUF = 8;
  int SO_LINGER = 13;
  int SO_REUSEPORT = 15;
  int IPPROTO_TCP = 6;
  int TCP_NODELAY = 1;

  int MSG_PEEK = 0x2;
  int MSG_DONTWAIT = 0x40;

  /** The peer's end is gone: report {@code -EPIPE} instead of raising SIGPIPE. */
  int MSG_NOSIGNAL = 0x4000;

  int SHUT_RD = 0;
  int SHUT_WR = 1;
  int SHUT_RDWR = 2;

  int EFD_NONBLOCK = 0x800;
  int EFD_CLOEXEC = 0x80000;

  /**
   * socket(2): a new socket. {@code type} takes {@link #SOCK_NONBLOCK} and {@link #SOCK_CLOEXEC}.
   */
  int socket(int domain, int type, int protocol);

  /** bind(2). Port 0 asks for a free one; {@link #getsockname} tells which. */
  int bind(int fd, InetSocketAddress address);

  /** listen(2): {@code backlog} is a limit for the accept queue, clamped by the kernel. */
  int listen(int fd, int backlog);

  /**
   * accept4(2): takes a connection from the accept queue.
   *
   * @param flags {@link #SOCK_NONBLOCK} and {@link #SOCK_CLOEXEC}; they are not inherited
   */
  int accept4(int fd, int flags);

  /** connect(2): on a non-blocking socket {@code -EINPROGRESS} means that it has begun. */
  int connect(int fd, InetSocketAddress address);

  /** getsockname(2): the socket's own address, or null if the call fails. */
  @Nullable InetSocketAddress getsockname(int fd);

  /** getpeername(2): the address of the other end, or null if the call fails. */
  @Nullable InetSocketAddress getpeername(int fd);

  /**
   * recv(2) into {@code buffer[offset, offset + length)}.
   *
   * @return bytes received; 0 if the peer has finished sending
   */
  int recv(int fd, MemorySegment buffer, long offset, long length, int flags);

  /**
   * send(2) from {@code buffer[offset, offset + length)}. {@link #MSG_NOSIGNAL} is always added: a
   * JVM has no use for SIGPIPE.
   *
   * @return bytes that the socket took, which may be fewer than {@code length}
   */
  int send(int fd, MemorySegment buffer, long offset, long length, int flags);

  /** read(2), for descriptors that are not sockets: pipes, eventfds. */
  int read(int fd, MemorySegment buffer, long offset, long length);

  /** write(2), for descriptors that are not sockets. */
  int write(int fd, MemorySegment buffer, long offset, long length);

  /** shutdown(2): {@link #SHUT_RD}, {@link #SHUT_WR} or {@link #SHUT_RDWR}. */
  int shutdown(int fd, int how);

  /**
   * close(2). Never call it again after {@code -EINTR}: on Linux the descriptor is gone, and its
   * number may already be somebody else's.
   */
  int close(int fd);

  /** setsockopt(2) with an {@code int} value, which most options take. */
  int setsockopt(int fd, int level, int name, int value);

  /**
   * setsockopt(2) with any value.
   *
   * @param value native memory in the option's own layout, native byte order
   */
  int setsockopt(int fd, int level, int name, MemorySegment value);

  /**
   * getsockopt(2): reads the option into {@code value}.
   *
   * @return bytes that the kernel wrote, at most {@code value}'s size
   */
  int getsockopt(int fd, int level, int name, MemorySegment value);

  /** eventfd(2): a counter that can be waited for. */
  int eventfd(int initial, int flags);

  /**
   * pipe2(2).
   *
   * @param ends receives two native-order ints: the reading end, the writing end
   * @param flags {@link #SOCK_NONBLOCK} and {@link #SOCK_CLOEXEC} have the values of O_NONBLOCK and
   *     O_CLOEXEC
   */
  int pipe2(MemorySegment ends, int flags);

  /** dup(2): another number for the same open file description. */
  int dup(int fd);

  /**
   * The same kernel for a second thread: an instance of its own where this one must not be shared.
   */
  default Sockets forAnotherThread() {
    return this;
  }
}
