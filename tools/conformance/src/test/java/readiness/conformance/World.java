package readiness.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Sockets.AF_INET;
import static readiness.kernel.Sockets.IPPROTO_TCP;
import static readiness.kernel.Sockets.MSG_DONTWAIT;
import static readiness.kernel.Sockets.MSG_PEEK;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;
import static readiness.kernel.Sockets.SOCK_STREAM;
import static readiness.kernel.Sockets.SOL_SOCKET;
import static readiness.kernel.Sockets.SO_ERROR;
import static readiness.kernel.Sockets.SO_LINGER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.EventLayout;
import readiness.kernel.Sockets;

/**
 * One kernel, as a scenario sees it: every call is made, and written down with what came back.
 * Numbers of descriptors and ports are a kernel's own business, so names stand in their place:
 * {@code socket 1}, {@code eventfd 2}, in the order in which they were made.
 */
final class World implements AutoCloseable {
  /** Nothing on the loopback interface takes as long as this. */
  private static final long PATIENCE = 2_000_000_000L;

  /** So long a kernel may keep an acknowledgement, and with it the sender's room, to itself. */
  private static final long DELAYED_ACK = 45_000_000L;

  private static final int ROOM = 1 << 20;

  private static final int TCP_INFO = 11;
  private static final int FIN_WAIT1 = 4;
  private static final int LAST_ACK = 9;
  private static final int CLOSING = 11;

  private final Kernel kernel;
  private final Sockets sockets;
  private final Epoll epoll;
  private final SplittableRandom random;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(ROOM);
  private final MemorySegment events = arena.allocate(256L * 16, 16);
  private final List<String> observations = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final TreeMap<Integer, Boolean> open = new TreeMap<>();
  private int made;
  private int seen;

  World(Kernel kernel, long seed) {
    this.kernel = kernel;
    this.sockets = kernel.sockets();
    this.epoll = kernel.epoll();
    this.random = new SplittableRandom(seed);
  }

  // ---- What the seed decides

  /** A number from {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean chance() {
    return random.nextBoolean();
  }

  long anyLong() {
    return random.nextLong();
  }

  int oneOf(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    java.util.Collections.shuffle(copy, new Random(random.nextLong()));
    return copy;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  // ---- What was observed

  List<String> observations() {
    return observations;
  }

  /** How many events epoll has reported. */
  int events() {
    return seen;
  }

  /** Writes down something that a scenario has worked out from results. */
  void observe(String what, Object value) {
    observations.add(what + ": " + value);
  }

  private int log(String call, int result) {
    observations.add(call + " → " + value(result));
    return result;
  }

  private int logNew(String call, String kind, int result) {
    if (result >= 0) {
      name(result, kind);
    }
    observations.add(call + " → " + (result >= 0 ? names.get(result) : value(result)));
    return result;
  }

  private void name(int fd, String kind) {
    names.put(fd, kind + " " + ++made);
    open.put(fd, true);
  }

  private void nameFiller(int fd) {
    names.put(fd, "filler");
    open.put(fd, true);
  }

  private static String value(int result) {
    return result >= 0 ? String.valueOf(result) : "-" + Errno.name(result);
  }

  private String name(int fd) {
    return names.getOrDefault(fd, "fd " + (fd < 0 ? fd : "?"));
  }

  private static String hash(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "#%08x".formatted(crc.getValue());
  }

  // ---- Sockets

  int socket() {
    return socket(SOCK_NONBLOCK);
  }

  int socket(int flags) {
    return logNew("socket()", "socket", sockets.socket(AF_INET, SOCK_STREAM | flags, 0));
  }

  int socket(int domain, int type) {
    return logNew(
        "socket(%d, 0x%x)".formatted(domain, type), "socket", sockets.socket(domain, type, 0));
  }

  /** Binds to a free port of the loopback interface. */
  int bind(int fd) {
    return log("bind(%s)".formatted(name(fd)), sockets.bind(fd, loopback(0)));
  }

  /** Binds to the address that {@code to} has. */
  int bindLike(int fd, int to) {
    InetSocketAddress address = sockets.getsockname(to);
    return log(
        "bind(%s, as %s)".formatted(name(fd), name(to)),
        sockets.bind(fd, address == null ? loopback(0) : address));
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  int listen(int fd, int backlog) {
    return log("listen(%s, %d)".formatted(name(fd), backlog), sockets.listen(fd, backlog));
  }

  /** A socket that listens on a port of its own. */
  int listener(int backlog) {
    int fd = socket();
    bind(fd);
    listen(fd, backlog);
    return fd;
  }

  int accept(int fd) {
    return accept(fd, SOCK_NONBLOCK);
  }

  int accept(int fd, int flags) {
    return logNew(
        "accept4(%s, 0x%x)".formatted(name(fd), flags), "accepted", sockets.accept4(fd, flags));
  }

  /** Connects to the address that {@code to} is bound to. */
  int connect(int fd, int to) {
    InetSocketAddress address = sockets.getsockname(to);
    return log(
        "connect(%s, %s)".formatted(name(fd), name(to)),
        sockets.connect(fd, address == null ? loopback(1) : address));
  }

  /** A client connected to {@code listener}; the server's end waits in the accept queue. */
  int client(int listener) {
    int fd = socket();
    connect(fd, listener);
    arrives(fd, Epoll.EPOLLOUT);
    return fd;
  }

  /** The two ends of a connection. */
  record Pair(int listener, int client, int server) {}

  /** A connection, accepted. */
  Pair pair() {
    int listener = listener(8);
    int client = client(listener);
    arrives(listener, EPOLLIN);
    return new Pair(listener, client, accept(listener));
  }

  /** Whether {@code fd} has the address that {@code other} has as its peer's. */
  void observeAddresses(int fd, int other) {
    InetSocketAddress own = sockets.getsockname(fd);
    InetSocketAddress seen = sockets.getpeername(other);
    observe(
        "%s is at the address that %s talks to".formatted(name(fd), name(other)),
        own != null && own.equals(seen));
  }

  void getpeername(int fd) {
    observe("getpeername(%s) tells".formatted(name(fd)), sockets.getpeername(fd) != null);
  }

  void getsockname(int fd) {
    InetSocketAddress address = sockets.getsockname(fd);
    observe(
        "getsockname(%s)".formatted(name(fd)),
        address == null
            ? "nothing"
            : address.getAddress().getHostAddress()
                + (address.getPort() == 0 ? " no port" : " a port"));
  }

  int send(int fd, int length) {
    return send(fd, bytes(length), 0);
  }

  int send(int fd, byte[] bytes, int flags) {
    put(bytes);
    return log(
        "send(%s, %d)".formatted(name(fd), bytes.length),
        sockets.send(fd, buffer, 0, bytes.length, flags));
  }

  int recv(int fd, int length) {
    return recv(fd, length, 0);
  }

  int recv(int fd, int length, int flags) {
    int result = sockets.recv(fd, buffer, 0, length, flags);
    observations.add(
        "recv(%s, ≤ %d, 0x%x) → %s %s"
            .formatted(
                name(fd), length, flags, value(result), result > 0 ? hash(got(result)) : ""));
    return result;
  }

  int read(int fd, int length) {
    int result = sockets.read(fd, buffer, 0, length);
    observations.add(
        "read(%s, ≤ %d) → %s %s"
            .formatted(name(fd), length, value(result), result > 0 ? hash(got(result)) : ""));
    return result;
  }

  int write(int fd, int length) {
    put(bytes(length));
    return log("write(%s, %d)".formatted(name(fd), length), sockets.write(fd, buffer, 0, length));
  }

  /** Reads an eventfd's counter. */
  int readCounter(int fd) {
    int result = sockets.read(fd, buffer, 0, Long.BYTES);
    observations.add(
        "read(%s) → %s %s"
            .formatted(
                name(fd),
                value(result),
                result > 0 ? Long.toUnsignedString(buffer.get(JAVA_LONG, 0)) : ""));
    return result;
  }

  int writeCounter(int fd, long value) {
    buffer.set(JAVA_LONG, 0, value);
    return log(
        "write(%s, %s)".formatted(name(fd), Long.toUnsignedString(value)),
        sockets.write(fd, buffer, 0, Long.BYTES));
  }

  private void put(byte[] bytes) {
    MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
  }

  private byte[] got(int length) {
    return buffer.asSlice(0, length).toArray(JAVA_BYTE);
  }

  /** What was sent: how much, and what it was. */
  record Sent(long length, String hash) {}

  /**
   * Sends until nothing more is taken, and {@code epfd}, if there is one, has nothing to say about
   * it. How much that is, is a kernel's own business, and a real one may find some more room after
   * a while.
   */
  Sent fill(int fd, int piece, @Nullable Integer epfd) {
    CRC32 crc = new CRC32();
    long length = 0;
    // Of its own, since how often it is asked is not the seed's to say.
    SplittableRandom random = this.random.split();
    byte[] bytes = new byte[piece];
    int result;
    do {
      random.nextBytes(bytes);
      put(bytes);
      result = sockets.send(fd, buffer, 0, piece, 0);
      crc.update(bytes, 0, Math.max(result, 0));
      length += Math.max(result, 0);
    } while (result > 0
        || (result == -Errno.EAGAIN && becomes(fd, Epoll.EPOLLOUT, DELAYED_ACK))
        || (epfd != null && epoll.await(epfd, events, 1, 0) > 0));
    log("send(%s, %d) at last".formatted(name(fd), piece), result);
    return new Sent(length, "#%08x".formatted(crc.getValue()));
  }

  /** Receives all of {@code sent}, and compares. */
  void drain(int fd, int piece, Sent sent) {
    CRC32 crc = new CRC32();
    long left = sent.length;
    while (left > 0 && becomes(fd, EPOLLIN, PATIENCE)) {
      int result = sockets.recv(fd, buffer, 0, piece, 0);
      if (result <= 0) {
        break;
      }
      crc.update(got(result));
      left -= result;
    }
    observe("bytes that are missing", left);
    observe("all that was sent is received", sent.hash.equals("#%08x".formatted(crc.getValue())));
    recv(fd, piece);
  }

  int shutdown(int fd, int how) {
    int result = sockets.shutdown(fd, how);
    finAcknowledged(fd);
    return log("shutdown(%s, %d)".formatted(name(fd), how), result);
  }

  /**
   * Waits until the peer's kernel has acknowledged the FIN, which may take it 40 ms: the
   * acknowledgement wakes who watches, once more. The simulation has no acknowledgements, and does
   * not know this option.
   */
  private void finAcknowledged(int fd) {
    long deadline = kernel.nanoTime().getAsLong() + PATIENCE;
    int state;
    do {
      MemorySegment info = buffer.asSlice(0, 8);
      state = sockets.getsockopt(fd, IPPROTO_TCP, TCP_INFO, info) > 0 ? info.get(JAVA_BYTE, 0) : 0;
      Thread.onSpinWait();
    } while ((state == FIN_WAIT1 || state == CLOSING || state == LAST_ACK)
        && kernel.nanoTime().getAsLong() < deadline);
  }

  int close(int fd) {
    open.remove(fd);
    return log("close(%s)".formatted(name(fd)), sockets.close(fd));
  }

  /** Makes close a reset. */
  int lingerZero(int fd) {
    return linger(fd, 1, 0);
  }

  int linger(int fd, int on, int seconds) {
    MemorySegment value = arena.allocateFrom(JAVA_INT, on, seconds);
    return log(
        "SO_LINGER(%s, %d, %d)".formatted(name(fd), on, seconds),
        sockets.setsockopt(fd, SOL_SOCKET, SO_LINGER, value));
  }

  /** Resets a connection. */
  void reset(int fd) {
    lingerZero(fd);
    close(fd);
  }

  int setOption(int fd, int level, int option, int value) {
    return log(
        "setsockopt(%s, %d:%d, %d)".formatted(name(fd), level, option, value),
        sockets.setsockopt(fd, level, option, value));
  }

  /** An option's bytes, as many as {@code room} takes. */
  void getOption(int fd, int level, int option, int room) {
    MemorySegment value = arena.allocate(Math.max(room, 1));
    int result = sockets.getsockopt(fd, level, option, value.asSlice(0, room));
    observations.add(
        "getsockopt(%s, %d:%d, %d) → %s %s"
            .formatted(
                name(fd),
                level,
                option,
                room,
                value(result),
                result > 0 ? hash(value.asSlice(0, result).toArray(JAVA_BYTE)) : ""));
  }

  /** SO_ERROR, by name. */
  void error(int fd) {
    MemorySegment value = arena.allocate(JAVA_INT);
    int result = sockets.getsockopt(fd, SOL_SOCKET, SO_ERROR, value);
    int error = value.get(JAVA_INT, 0);
    observe(
        "SO_ERROR(%s)".formatted(name(fd)),
        result < 0 ? value(result) : error == 0 ? "none" : Errno.name(error));
  }

  // ---- Other descriptors

  int eventfd(int initial, int flags) {
    return logNew(
        "eventfd(%d, 0x%x)".formatted(initial, flags), "eventfd", sockets.eventfd(initial, flags));
  }

  /** The two ends of a pipe. */
  record Pipe(int reader, int writer) {}

  /** A pipe, or null with the reason written down. */
  @Nullable Pipe pipe(int flags) {
    int result = sockets.pipe2(buffer, flags);
    log("pipe2(0x%x)".formatted(flags), result);
    if (result < 0) {
      return null;
    }
    Pipe pipe = new Pipe(buffer.get(JAVA_INT, 0), buffer.get(JAVA_INT, Integer.BYTES));
    name(pipe.reader, "reader");
    name(pipe.writer, "writer");
    return pipe;
  }

  Pipe pipe() {
    Pipe pipe = pipe(SOCK_NONBLOCK);
    if (pipe == null) {
      throw new IllegalStateException("no pipe");
    }
    return pipe;
  }

  int dup(int fd) {
    return logNew("dup(%s)".formatted(name(fd)), "dup", sockets.dup(fd));
  }

  /** Uses up all descriptors. */
  void exhaustDescriptors() {
    kernel.limit().accept(4);
    int fd;
    while ((fd = sockets.eventfd(0, 0)) >= 0) {
      nameFiller(fd);
    }
    observe("the last of many eventfds", value(fd));
  }

  // ---- Epoll

  int epoll() {
    return epoll(0);
  }

  int epoll(int flags) {
    return logNew("epoll_create1(0x%x)".formatted(flags), "epoll", epoll.create(flags));
  }

  int add(int epfd, int fd, int flags, long token) {
    return log(control("ADD", epfd, fd, flags), epoll.add(epfd, fd, flags, token));
  }

  int modify(int epfd, int fd, int flags, long token) {
    return log(control("MOD", epfd, fd, flags), epoll.modify(epfd, fd, flags, token));
  }

  int remove(int epfd, int fd) {
    return log(control("DEL", epfd, fd, 0), epoll.remove(epfd, fd));
  }

  private String control(String operation, int epfd, int fd, int flags) {
    return "epoll_ctl(%s, %s, %s, 0x%x)".formatted(name(epfd), operation, name(fd), flags);
  }

  /** What is ready now. */
  int await(int epfd, int max) {
    return await(epfd, max, 0);
  }

  int await(int epfd, int max, int millis) {
    int result = epoll.await(epfd, events, max, millis);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result; i++) {
      text.append(" 0x%x of %d".formatted(flagsOf(i), tokenOf(i)));
    }
    observations.add(
        "epoll_wait(%s, %d, %d) → %s%s".formatted(name(epfd), max, millis, value(result), text));
    seen += Math.max(result, 0);
    return result;
  }

  private int flagsOf(int index) {
    return events.get(JAVA_INT, (long) index * kernel.layout().size());
  }

  private long tokenOf(int index) {
    int size = kernel.layout().size();
    return events.get(JAVA_LONG_UNALIGNED, (long) index * size + size - Long.BYTES);
  }

  /** Whether a wait without events lasts at least as long as it was to. */
  void observeTimeout(int epfd, int millis) {
    long before = kernel.nanoTime().getAsLong();
    await(epfd, 1, millis);
    long took = kernel.nanoTime().getAsLong() - before;
    observe("it took %d ms or more".formatted(millis), took >= millis * 1_000_000L);
  }

  // ---- The real kernel is asynchronous

  /**
   * Waits until one of {@code flags} is so for {@code fd}, with an epoll of its own, so that no
   * other one is disturbed. It is a failure if that does not happen.
   */
  void arrives(int fd, int flags) {
    if (!becomes(fd, flags, PATIENCE)) {
      observe("0x%x never arrived for %s".formatted(flags, name(fd)), "");
    }
  }

  /** Waits until {@code bytes} bytes can be read. */
  void arrived(int fd, int bytes) {
    long deadline = kernel.nanoTime().getAsLong() + PATIENCE;
    while (sockets.recv(fd, buffer, 0, bytes, MSG_PEEK | MSG_DONTWAIT) < bytes) {
      if (kernel.nanoTime().getAsLong() > deadline) {
        observe("%d bytes never arrived for %s".formatted(bytes, name(fd)), "");
        return;
      }
      Thread.onSpinWait();
    }
  }

  private boolean becomes(int fd, int flags, long patience) {
    long deadline = kernel.nanoTime().getAsLong() + patience;
    int own = epoll.create(0);
    try {
      epoll.add(own, fd, flags, 0);
      long left;
      while ((left = deadline - kernel.nanoTime().getAsLong()) > 0) {
        int count = epoll.await(own, events, 1, (int) (left / 1_000_000) + 1);
        if (count > 0 && (flagsOf(0) & flags) != 0) {
          return true;
        }
      }
      return false;
    } finally {
      epoll.close(own);
    }
  }

  /** Closes what a scenario has left open, without leaving TIME_WAIT behind. */
  @Override
  public void close() {
    MemorySegment now = arena.allocateFrom(JAVA_INT, 1, 0);
    for (int fd : open.descendingKeySet()) {
      sockets.setsockopt(fd, SOL_SOCKET, SO_LINGER, now);
      sockets.close(fd);
    }
    kernel.limit().accept(Kernel.NO_LIMIT);
    arena.close();
  }

  EventLayout layout() {
    return kernel.layout();
  }
}
