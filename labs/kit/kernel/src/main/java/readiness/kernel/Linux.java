package readiness.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link Sockets} on the real kernel, through {@code java.lang.foreign}.
 *
 * <p>Three habits make a foreign call cost little more than the system call behind it. The handles
 * are {@code static final}, so the compiler inlines them. Errno is captured into one segment that
 * every call reuses, since allocating it costs more than the crossing. A range goes in as a plain
 * address after a bounds check, so it needs no slice. No call is marked {@code critical}: that
 * gains nothing here, and a thread that waits inside such a call would hold up the garbage
 * collector.
 *
 * <p>One instance for each thread, because its calls share the errno segment.
 */
public final class Linux implements Sockets {
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  /** struct sockaddr_in: family, port, address, 8 bytes of zero. */
  private static final int SOCKADDR_IN = 16;

  /** struct sockaddr_in6: family, port, flow, address, scope. */
  private static final int SOCKADDR_IN6 = 28;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LISTEN = call("listen", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle ACCEPT4 =
      call("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle CONNECT =
      call("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      call("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle GETPEERNAME =
      call("getpeername", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle RECV =
      call("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SEND =
      call("send", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = call("read", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle WRITE =
      call("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle PIPE2 = call("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle DUP = call("dup", JAVA_INT, JAVA_INT);

  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
  private final MemorySegment address = Arena.ofAuto().allocate(SOCKADDR_IN6, 8);
  private final MemorySegment number = Arena.ofAuto().allocate(JAVA_INT);

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    MemorySegment symbol = LINKER.defaultLookup().findOrThrow(name);
    return LINKER.downcallHandle(symbol, FunctionDescriptor.of(result, arguments), CAPTURE);
  }

  /** A call's result as the kernel gives it: the value, or the negated errno that libc hid. */
  private int result(long value) {
    return value >= 0 ? (int) value : -(int) ERRNO.get(state, 0L);
  }

  /** Where the range begins, or an exception if it is not a range of native memory. */
  private static long start(MemorySegment buffer, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, buffer.byteSize());
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("the kernel cannot see heap memory: " + buffer);
    }
    return buffer.address() + offset;
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    try {
      return result((int) SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int bind(int fd, InetSocketAddress to) {
    int length = encode(to);
    try {
      return result((int) BIND.invokeExact(state, fd, address, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int listen(int fd, int backlog) {
    try {
      return result((int) LISTEN.invokeExact(state, fd, backlog));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int accept4(int fd, int flags) {
    try {
      return result(
          (int) ACCEPT4.invokeExact(state, fd, MemorySegment.NULL, MemorySegment.NULL, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int connect(int fd, InetSocketAddress to) {
    int length = encode(to);
    try {
      return result((int) CONNECT.invokeExact(state, fd, address, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public @Nullable InetSocketAddress getsockname(int fd) {
    number.set(JAVA_INT, 0, SOCKADDR_IN6);
    try {
      return (int) GETSOCKNAME.invokeExact(state, fd, address, number) < 0 ? null : decode();
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public @Nullable InetSocketAddress getpeername(int fd) {
    number.set(JAVA_INT, 0, SOCKADDR_IN6);
    try {
      return (int) GETPEERNAME.invokeExact(state, fd, address, number) < 0 ? null : decode();
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int recv(int fd, MemorySegment buffer, long offset, long length, int flags) {
    long start = start(buffer, offset, length);
    try {
      return result((long) RECV.invokeExact(state, fd, start, length, flags));
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  @Override
  public int send(int fd, MemorySegment buffer, long offset, long length, int flags) {
    long start = start(buffer, offset, length);
    try {
      return result((long) SEND.invokeExact(state, fd, start, length, flags | MSG_NOSIGNAL));
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  @Override
  public int read(int fd, MemorySegment buffer, long offset, long length) {
    long start = start(buffer, offset, length);
    try {
      return result((long) READ.invokeExact(state, fd, start, length));
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  @Override
  public int write(int fd, MemorySegment buffer, long offset, long length) {
    long start = start(buffer, offset, length);
    try {
      return result((long) WRITE.invokeExact(state, fd, start, length));
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  @Override
  public int shutdown(int fd, int how) {
    try {
      return result((int) SHUTDOWN.invokeExact(state, fd, how));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int close(int fd) {
    try {
      return result((int) CLOSE.invokeExact(state, fd));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int setsockopt(int fd, int level, int name, int value) {
    number.set(JAVA_INT, 0, value);
    return setsockopt(fd, level, name, number);
  }

  @Override
  public int setsockopt(int fd, int level, int name, MemorySegment value) {
    try {
      int length = Math.toIntExact(value.byteSize());
      return result((int) SETSOCKOPT.invokeExact(state, fd, level, name, value, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int getsockopt(int fd, int level, int name, MemorySegment value) {
    number.set(JAVA_INT, 0, Math.toIntExact(value.byteSize()));
    try {
      int result = result((int) GETSOCKOPT.invokeExact(state, fd, level, name, value, number));
      return result < 0 ? result : number.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int eventfd(int initial, int flags) {
    try {
      return result((int) EVENTFD.invokeExact(state, initial, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int pipe2(MemorySegment ends, int flags) {
    start(ends, 0, 2 * JAVA_INT.byteSize());
    try {
      return result((int) PIPE2.invokeExact(state, ends, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int dup(int fd) {
    try {
      return result((int) DUP.invokeExact(state, fd));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public Linux forAnotherThread() {
    return new Linux();
  }

  /** Writes {@code to} as a sockaddr and returns its length. Port and address: network order. */
  private int encode(InetSocketAddress to) {
    InetAddress ip = to.getAddress();
    if (ip == null) {
      throw new IllegalArgumentException("the host name has not been resolved: " + to);
    }
    byte[] bytes = ip.getAddress();
    address.fill((byte) 0);
    address.set(NETWORK_SHORT, 2, (short) to.getPort());
    if (ip instanceof Inet6Address six) {
      address.set(JAVA_SHORT, 0, (short) AF_INET6);
      MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 8, bytes.length);
      address.set(JAVA_INT, 24, six.getScopeId());
      return SOCKADDR_IN6;
    }
    address.set(JAVA_SHORT, 0, (short) AF_INET);
    MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 4, bytes.length);
    return SOCKADDR_IN;
  }

  private InetSocketAddress decode() {
    int port = Short.toUnsignedInt(address.get(NETWORK_SHORT, 2));
    boolean six = address.get(JAVA_SHORT, 0) == AF_INET6;
    byte[] bytes = address.asSlice(six ? 8 : 4, six ? 16 : 4).toArray(JAVA_BYTE);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw impossible(e);
    }
  }

  /** invokeExact declares Throwable; a bound call of matching types throws nothing checked. */
  private static RuntimeException impossible(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException runtime -> runtime;
      default -> new IllegalStateException(e);
    };
  }
}
