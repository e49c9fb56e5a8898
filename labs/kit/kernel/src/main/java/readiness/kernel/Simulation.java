package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static readiness.kernel.Errno.EAFNOSUPPORT;
import static readiness.kernel.Errno.EAGAIN;
import static readiness.kernel.Errno.EBADF;
import static readiness.kernel.Errno.EINPROGRESS;
import static readiness.kernel.Errno.EINTR;
import static readiness.kernel.Errno.EINVAL;
import static readiness.kernel.Errno.EMFILE;
import static readiness.kernel.Errno.ENOTSOCK;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in plain memory: {@link Sockets} and {@link Epoll} on a model of TCP, pipes, eventfds
 * and epoll, with a virtual clock. The code under test runs on it unchanged. Everything that a real
 * kernel and a real network leave to chance, here the seed decides: the same seed, the same run.
 *
 * <pre>{@code
 * Simulation simulation = Simulation.seeded(seed, Fault.PARTIAL_READS, Fault.EINTR);
 * EventLoop loop = new EventLoop(simulation, simulation, simulation::nanoTime, buffers);
 * Peer alice = simulation.peer("alice").connect(address).send("hello").expect(5).halfClose();
 * simulation.drive(loop::turn);
 * }</pre>
 *
 * <p><b>Time</b> passes when a call is made (a microsecond each) and while one waits. What peers do
 * happens at some time, so between any two calls the world may have changed.
 *
 * <p><b>What it finds by itself.</b> While {@link #drive} turns a loop, a call that would block, a
 * sleep that nothing will end while work waits, and turns in which nothing moves are each a {@link
 * Finding}, with the calls that led there. Nobody has to write an assertion for that.
 *
 * <p><b>What it leaves out.</b> A conformance suite holds it against the real kernel, call by call.
 * It differs on purpose in these: buffers have a fixed size in bytes of payload, where Linux counts
 * memory and adapts; what one end of a connection inside the simulation sends is with the other at
 * once; there is no TIME_WAIT, no Nagle, no loss, no urgent data; ephemeral ports are given out in
 * order; options that {@link Sockets} has no name for are -ENOPROTOOPT. {@code
 * docs/decisions/0002-simulated-kernel.adoc} says why.
 *
 * <p>Single-threaded: code with several threads belongs on the real kernel.
 */
public final class Simulation implements Sockets, Epoll {
  /** How long a call takes, in nanoseconds. */
  private static final long CALL = 1_000;

  private static final long MILLISECOND = 1_000_000;
  private static final int SOCKET_TYPE = 0xf;
  private static final int FD_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;
  private static final int EFD_SEMAPHORE = 1;

  /** EP_MAX_EVENTS of Linux for the packed layout; nobody asks for so many. */
  private static final int MOST_EVENTS = Integer.MAX_VALUE / 12;

  private static final int KEPT = 256;

  private final Timeline time = new Timeline();
  private final Dice dice;
  private final Machine machine;
  private final DescriptorTable descriptors = new DescriptorTable();
  private final Trace trace;
  private final List<Peer> peers = new ArrayList<>();
  private final Map<InetSocketAddress, PeerListener> peerListeners = new HashMap<>();
  private final Watchdog watchdog;
  private final Strangers strangers;
  private EventLayout layout = EventLayout.platform();

  private int refusedInARow;

  /** When the call under way was made. */
  private long entered;

  private Simulation(Dice dice, int kept) {
    this.dice = dice;
    trace = new Trace(kept);
    watchdog = new Watchdog(time, trace, new Outstanding(descriptors, peers));
    machine = new Machine(time, dice, new Network(time, dice));
    strangers = new Strangers(this, dice);
  }

  /**
   * A new simulation.
   *
   * @param seed decides everything that is left open; the same seed, the same run
   * @param menu the faults that may strike; none for a kind kernel
   */
  public static Simulation seeded(long seed, Fault... menu) {
    return recorded(seed, KEPT, menu);
  }

  /** As {@link #seeded}, remembering {@code kept} calls and peers' actions instead of a few. */
  public static Simulation recorded(long seed, int kept, Fault... menu) {
    return new Simulation(new Dice(seed, menu), kept);
  }

  /** Writes events in this layout instead of the machine's own. Returns this. */
  public Simulation withLayout(EventLayout layout) {
    this.layout = layout;
    return this;
  }

  /**
   * Gives out numbers below {@code limit} only, as RLIMIT_NOFILE does: 0, 1 and 2 are taken, so
   * {@code limit - 3} are left. Returns this.
   */
  public Simulation withDescriptors(int limit) {
    descriptors.limit(limit);
    return this;
  }

  /** A scripted end of a connection; {@code name} is what traces call it. */
  public Peer peer(String name) {
    return newPeer(name, false);
  }

  Peer newPeer(String name, boolean stranger) {
    Peer peer = new Peer(this, machine, name, stranger);
    peers.add(peer);
    return peer;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  Strangers strangers() {
    return strangers;
  }

  PeerListener peerListener(InetSocketAddress address) {
    return peerListeners.computeIfAbsent(address, at -> new PeerListener(machine, at));
  }

  /** The virtual clock, in nanoseconds. A call takes a microsecond, a wait its time. */
  public long nanoTime() {
    return time.now();
  }

  /** Lets {@code duration} pass, and happen what is due in it. */
  public void advance(Duration duration) {
    time.passUntil(time.now() + duration.toNanos());
  }

  /** How many descriptors are open, 0, 1 and 2 not counted. */
  public int openDescriptors() {
    return descriptors.open();
  }

  /** The last {@code n} calls and peers' actions, oldest first. */
  public List<String> tail(int n) {
    return trace.tail(n).stream().map(Recording.Entry::text).toList();
  }

  /** All calls and peers' actions that are remembered, oldest first. */
  public List<Recording.Entry> entries() {
    return trace.tail(Integer.MAX_VALUE);
  }

  void note(String peer, String action) {
    trace.note(time.now(), peer, action);
  }

  EventLayout layout() {
    return layout;
  }

  /**
   * Turns a loop until every peer's script is done, nothing is under way, and the loop has nothing
   * left to do and waits. That last wait is given back to the loop as one without events, even if
   * it was to be endless.
   *
   * @param turn one wait and its dispatch
   * @throws Finding if the loop sleeps for ever while work waits, if it spins, if it blocks
   */
  public void drive(Runnable turn) {
    watchdog.drive(turn);
  }

  /** How many turns {@link #drive} has made in all. */
  public long turns() {
    return watchdog.turns();
  }

  // ---- What every call does

  private void enter() {
    entered = time.now();
    time.passUntil(entered + CALL);
  }

  private int leave(Call call, int fd, long argument, int result) {
    return leave(call, fd, argument, result, null);
  }

  private int leave(Call call, int fd, long argument, int result, @Nullable Object detail) {
    trace.add(call, entered, time.now(), fd, argument, result, detail);
    watchdog.called(call, result);
    return result;
  }

  /** The call would wait: lets time pass until something happens, if it may do that at all. */
  private void block(Call call, int fd, long argument) {
    watchdog.blocks(call, entered, fd, argument);
    time.passUntil(time.next());
  }

  private static int checkRange(MemorySegment buffer, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, buffer.byteSize());
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("the kernel cannot see heap memory: " + buffer);
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  /** The socket that {@code fd} stands for, or null; {@link #notSocket} says what is wrong. */
  private @Nullable SimSocket socketAt(int fd) {
    return descriptors.get(fd) instanceof SimSocket socket ? socket : null;
  }

  private int notSocket(int fd) {
    return descriptors.get(fd) == null ? -EBADF : -ENOTSOCK;
  }

  private boolean noDescriptor() {
    if (descriptors.full()) {
      return true;
    }
    // Others use them all up for a while, not for ever.
    boolean refuses = refusedInARow < 3 && dice.strikes(Fault.EMFILE);
    refusedInARow = refuses ? refusedInARow + 1 : 0;
    return refuses;
  }

  // ---- Sockets

  @Override
  public int socket(int domain, int type, int protocol) {
    enter();
    return leave(Call.SOCKET, 0, 0, newSocket(domain, type));
  }

  private int newSocket(int domain, int type) {
    if ((type & ~(SOCKET_TYPE | FD_FLAGS)) != 0) {
      return -EINVAL;
    }
    if (domain != AF_INET && domain != AF_INET6) {
      return -EAFNOSUPPORT;
    }
    if ((type & SOCKET_TYPE) != SOCK_STREAM) {
      throw new UnsupportedOperationException("the simulation has stream sockets only");
    }
    SimSocket socket = new SimSocket(machine, domain);
    socket.nonblocking((type & SOCK_NONBLOCK) != 0);
    return descriptors.add(socket);
  }

  @Override
  public int bind(int fd, InetSocketAddress address) {
    enter();
    SimSocket socket = socketAt(fd);
    int result = socket == null ? notSocket(fd) : socket.bind(address);
    return leave(Call.BIND, fd, 0, result, address);
  }

  @Override
  public int listen(int fd, int backlog) {
    enter();
    SimSocket socket = socketAt(fd);
    return leave(Call.LISTEN, fd, backlog, socket == null ? notSocket(fd) : socket.listen(backlog));
  }

  @Override
  public int accept4(int fd, int flags) {
    enter();
    int result;
    while ((result = tryAccept(fd, flags)) == -EAGAIN && !descriptors.get(fd).nonblocking()) {
      block(Call.ACCEPT4, fd, 0);
    }
    leave(Call.ACCEPT4, fd, 0, result);
    if (result >= 0 && socketAt(result) instanceof SimSocket connection) {
      trace.peer(connection.peer());
    }
    return result;
  }

  private int tryAccept(int fd, int flags) {
    if (descriptors.get(fd) == null) {
      return -EBADF;
    }
    if ((flags & ~FD_FLAGS) != 0) {
      return -EINVAL;
    }
    // Linux reserves the number before it looks at the queue.
    if (noDescriptor()) {
      return -EMFILE;
    }
    SimSocket listener = socketAt(fd);
    if (listener == null) {
      return -ENOTSOCK;
    }
    if (!listener.isListening()) {
      return -EINVAL;
    }
    SimSocket connection = listener.accept();
    if (connection == null) {
      return -EAGAIN;
    }
    connection.nonblocking((flags & SOCK_NONBLOCK) != 0);
    return descriptors.add(connection);
  }

  @Override
  public int connect(int fd, InetSocketAddress address) {
    enter();
    SimSocket socket = socketAt(fd);
    int result = socket == null ? notSocket(fd) : socket.connect(address);
    if (socket != null && result == -EINPROGRESS && !socket.nonblocking()) {
      while (socket.isConnecting()) {
        block(Call.CONNECT, fd, 0);
      }
      result = socket.outcome();
    }
    return leave(Call.CONNECT, fd, 0, result, address);
  }

  @Override
  public @Nullable InetSocketAddress getsockname(int fd) {
    enter();
    SimSocket socket = socketAt(fd);
    leave(Call.GETSOCKNAME, fd, 0, socket == null ? notSocket(fd) : 0);
    return socket == null ? null : socket.local();
  }

  @Override
  public @Nullable InetSocketAddress getpeername(int fd) {
    enter();
    SimSocket socket = socketAt(fd);
    InetSocketAddress remote = socket == null ? null : socket.remote();
    int without = socket == null ? notSocket(fd) : -Errno.ENOTCONN;
    leave(Call.GETPEERNAME, fd, 0, remote == null ? without : 0);
    return remote;
  }

  @Override
  public int recv(int fd, MemorySegment buffer, long offset, long length, int flags) {
    enter();
    int most = checkRange(buffer, offset, length);
    if ((flags & ~(MSG_PEEK | MSG_DONTWAIT)) != 0) {
      throw new UnsupportedOperationException("recv flags 0x%x".formatted(flags));
    }
    SimSocket socket = socketAt(fd);
    if (socket == null) {
      return leave(Call.RECV, fd, length, notSocket(fd));
    }
    boolean waits = !socket.nonblocking() && (flags & MSG_DONTWAIT) == 0;
    int result;
    while ((result = socket.recv(buffer, offset, most, (flags & MSG_PEEK) != 0)) == -EAGAIN
        && waits) {
      block(Call.RECV, fd, length);
    }
    return leave(Call.RECV, fd, length, result);
  }

  @Override
  public int send(int fd, MemorySegment buffer, long offset, long length, int flags) {
    enter();
    int most = checkRange(buffer, offset, length);
    if ((flags & ~(MSG_NOSIGNAL | MSG_DONTWAIT)) != 0) {
      throw new UnsupportedOperationException("send flags 0x%x".formatted(flags));
    }
    SimSocket socket = socketAt(fd);
    if (socket == null) {
      return leave(Call.SEND, fd, length, notSocket(fd));
    }
    boolean waits = !socket.nonblocking() && (flags & MSG_DONTWAIT) == 0;
    return write(Call.SEND, fd, socket, buffer, offset, most, waits);
  }

  @Override
  public int read(int fd, MemorySegment buffer, long offset, long length) {
    enter();
    int most = checkRange(buffer, offset, length);
    OpenFile file = descriptors.get(fd);
    if (file == null) {
      return leave(Call.READ, fd, length, -EBADF);
    }
    int result;
    while ((result = file.read(buffer, offset, most)) == -EAGAIN && !file.nonblocking()) {
      block(Call.READ, fd, length);
    }
    return leave(Call.READ, fd, length, result);
  }

  @Override
  public int write(int fd, MemorySegment buffer, long offset, long length) {
    enter();
    int most = checkRange(buffer, offset, length);
    OpenFile file = descriptors.get(fd);
    if (file == null) {
      return leave(Call.WRITE, fd, length, -EBADF);
    }
    return write(Call.WRITE, fd, file, buffer, offset, most, !file.nonblocking());
  }

  /** A blocking write goes on until all is written; one that does not block takes what it can. */
  private int write(
      Call call,
      int fd,
      OpenFile file,
      MemorySegment buffer,
      long offset,
      int length,
      boolean waits) {
    int result = file.write(buffer, offset, length);
    if (waits) {
      int done = Math.max(result, 0);
      while (result == -EAGAIN || (result > 0 && done < length)) {
        block(call, fd, length);
        result = file.write(buffer, offset + done, length - done);
        done += Math.max(result, 0);
      }
      result = done > 0 ? done : result;
    }
    boolean taken = result == length || (result < 0 && result != -EAGAIN);
    boolean early = file instanceof SimSocket socket && socket.isConnecting();
    String remark = early ? "it is not connected yet" : "there is no more room";
    return leave(call, fd, length, result, taken ? null : remark);
  }

  @Override
  public int shutdown(int fd, int how) {
    enter();
    SimSocket socket = socketAt(fd);
    return leave(Call.SHUTDOWN, fd, how, socket == null ? notSocket(fd) : socket.shutdown(how));
  }

  @Override
  public int close(int fd) {
    enter();
    int result = -EBADF;
    if (descriptors.get(fd) != null) {
      descriptors.remove(fd);
      result = 0;
    }
    return leave(Call.CLOSE, fd, 0, result);
  }

  @Override
  public int setsockopt(int fd, int level, int name, int value) {
    return setsockopt(fd, level, name, MemorySegment.ofArray(new int[] {value}));
  }

  @Override
  public int setsockopt(int fd, int level, int name, MemorySegment value) {
    enter();
    SimSocket socket = socketAt(fd);
    int result = socket == null ? notSocket(fd) : socket.setOption(level, name, value);
    return leave(Call.SETSOCKOPT, fd, (long) level << 32 | name, result);
  }

  @Override
  public int getsockopt(int fd, int level, int name, MemorySegment value) {
    enter();
    SimSocket socket = socketAt(fd);
    int result = socket == null ? notSocket(fd) : socket.getOption(level, name, value);
    String error = Trace.error(level, name, value, result);
    return leave(Call.GETSOCKOPT, fd, (long) level << 32 | name, result, error);
  }

  // ---- Other descriptors

  @Override
  public int eventfd(int initial, int flags) {
    enter();
    return leave(Call.EVENTFD, 0, 0, newEventfd(initial, flags));
  }

  private int newEventfd(int initial, int flags) {
    if ((flags & ~(EFD_NONBLOCK | EFD_CLOEXEC | EFD_SEMAPHORE)) != 0) {
      return -EINVAL;
    }
    SimEventfd eventfd = new SimEventfd(initial, (flags & EFD_SEMAPHORE) != 0);
    eventfd.nonblocking((flags & EFD_NONBLOCK) != 0);
    return descriptors.add(eventfd);
  }

  @Override
  public int pipe2(MemorySegment ends, int flags) {
    enter();
    checkRange(ends, 0, 2 * JAVA_INT.byteSize());
    return leave(Call.PIPE2, 0, 0, newPipe(ends, flags));
  }

  private int newPipe(MemorySegment ends, int flags) {
    if ((flags & ~FD_FLAGS) != 0) {
      return -EINVAL;
    }
    SimPipe pipe = new SimPipe();
    pipe.reader().nonblocking((flags & SOCK_NONBLOCK) != 0);
    pipe.writer().nonblocking((flags & SOCK_NONBLOCK) != 0);
    int reader = descriptors.add(pipe.reader());
    if (reader < 0) {
      return reader;
    }
    int writer = descriptors.add(pipe.writer());
    if (writer < 0) {
      descriptors.remove(reader);
      return writer;
    }
    ends.set(JAVA_INT, 0, reader);
    ends.set(JAVA_INT, Integer.BYTES, writer);
    return 0;
  }

  @Override
  public int dup(int fd) {
    enter();
    OpenFile file = descriptors.get(fd);
    return leave(Call.DUP, fd, 0, file == null ? -EBADF : descriptors.add(file));
  }

  // ---- Epoll

  @Override
  public int create(int flags) {
    enter();
    boolean wrong = (flags & ~EPOLL_CLOEXEC) != 0;
    return leave(Call.EPOLL_CREATE1, 0, 0, wrong ? -EINVAL : descriptors.add(new SimEpoll()));
  }

  @Override
  public int add(int epfd, int fd, int events, long token) {
    enter();
    int result = badEpoll(epfd, fd);
    if (result == 0) {
      result = epollAt(epfd).add(fileAt(fd), fd, events, token);
    }
    return leave(Call.EPOLL_CTL_ADD, fd, events, result);
  }

  @Override
  public int modify(int epfd, int fd, int events, long token) {
    enter();
    int result = badEpoll(epfd, fd);
    if (result == 0) {
      result = epollAt(epfd).modify(fileAt(fd), fd, events, token);
    }
    return leave(Call.EPOLL_CTL_MOD, fd, events, result);
  }

  @Override
  public int remove(int epfd, int fd) {
    enter();
    int result = badEpoll(epfd, fd);
    if (result == 0) {
      result = epollAt(epfd).remove(fileAt(fd), fd);
    }
    return leave(Call.EPOLL_CTL_DEL, fd, 0, result);
  }

  private int badEpoll(int epfd, int fd) {
    if (descriptors.get(epfd) == null || descriptors.get(fd) == null) {
      return -EBADF;
    }
    return descriptors.get(epfd) instanceof SimEpoll ? 0 : -EINVAL;
  }

  private SimEpoll epollAt(int epfd) {
    return (SimEpoll) fileAt(epfd);
  }

  private OpenFile fileAt(int fd) {
    return Objects.requireNonNull(descriptors.get(fd));
  }

  @Override
  public int await(int epfd, MemorySegment events, int max, int millis) {
    enter();
    int result = wait(epfd, events, max, millis);
    return leave(Call.EPOLL_WAIT, epfd, millis, result);
  }

  private int wait(int epfd, MemorySegment events, int max, int millis) {
    OpenFile file = descriptors.get(epfd);
    if (file == null) {
      return -EBADF;
    }
    if (max <= 0 || max > MOST_EVENTS || !(file instanceof SimEpoll epoll)) {
      return -EINVAL;
    }
    checkRange(events, 0, (long) max * layout.size());
    if (dice.strikes(Fault.EVENT_ORDER)) {
      epoll.shuffle(dice);
    }
    if (dice.strikes(Fault.SPURIOUS_READINESS)) {
      int spurious = epoll.collectSpurious(events, layout, trace, dice);
      if (spurious > 0) {
        return spurious;
      }
    }
    long started = time.now();
    long deadline = millis < 0 ? Timeline.NEVER : started + millis * MILLISECOND;
    long signal = signal(deadline);
    while (true) {
      int count = epoll.collect(events, max, layout, trace);
      if (count > 0) {
        waitedSince(started);
        return count;
      }
      if (time.now() >= deadline) {
        if (time.now() > started) {
          watchdog.waitedInVain();
        }
        return 0;
      }
      if (time.now() >= signal) {
        waitedSince(started);
        return -EINTR;
      }
      if (time.next() == Timeline.NEVER && millis < 0) {
        watchdog.waitsForEver(epfd, entered, millis);
        return 0;
      }
      time.passUntil(Math.min(time.next(), Math.min(deadline, signal)));
    }
  }

  private void waitedSince(long started) {
    if (time.now() > started) {
      watchdog.waited();
    }
  }

  /** When a signal ends this wait, if one does. */
  private long signal(long deadline) {
    if (!dice.strikes(Fault.EINTR)) {
      return Timeline.NEVER;
    }
    int most = (int) Math.min(5_000, (deadline - time.now()) / 1_000);
    return most <= 0 ? Timeline.NEVER : time.now() + dice.delay(most);
  }
}
