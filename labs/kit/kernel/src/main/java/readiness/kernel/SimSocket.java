package readiness.kernel;

import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;
import static readiness.kernel.Errno.EADDRINUSE;
import static readiness.kernel.Errno.EAFNOSUPPORT;
import static readiness.kernel.Errno.EAGAIN;
import static readiness.kernel.Errno.EALREADY;
import static readiness.kernel.Errno.ECONNABORTED;
import static readiness.kernel.Errno.ECONNRESET;
import static readiness.kernel.Errno.EINPROGRESS;
import static readiness.kernel.Errno.EINVAL;
import static readiness.kernel.Errno.EISCONN;
import static readiness.kernel.Errno.ENOTCONN;
import static readiness.kernel.Errno.EPIPE;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket, with the answers that net/ipv4/tcp.c gives.
 *
 * <pre>
 *                    listen
 *            NEW ─────────────→ LISTENING
 *             │ connect
 *             ↓        the queue has room
 *         CONNECTING ─────────────────────→ CONNECTED
 *             │ refused                        │ reset, or both directions have ended
 *             ↓                                ↓
 *           CLOSED ←───────────────────────────┘
 * </pre>
 *
 * <p>A connection's two ends are two of these, joined by two {@link Channel}s. One end may belong
 * to a {@link Peer} instead of a descriptor; it is the same otherwise.
 */
final class SimSocket extends OpenFile {
  private enum State {
    NEW,
    LISTENING,
    CONNECTING,
    CONNECTED,
    CLOSED
  }

  private final Machine machine;
  private final int domain;
  private SocketOptions options = new SocketOptions();
  private State state = State.NEW;
  private @Nullable InetSocketAddress local;
  private boolean bound;
  private @Nullable InetSocketAddress remote;

  private final AcceptQueue queue = new AcceptQueue();
  private boolean far;

  private @Nullable SimSocket other;
  private @Nullable String owner;
  private @Nullable Channel in;
  private @Nullable Channel out;
  private boolean receiveShut;
  private boolean sendShut;
  private boolean connectUnseen;
  private boolean orphan;
  private boolean noSpace;
  private int error;

  private boolean accepted;
  private int refused;
  private boolean endSeen;

  SimSocket(Machine machine, int domain) {
    this.machine = machine;
    this.domain = domain;
  }

  /** Says whose end it is, if it is a peer's. */
  void ownedBy(String peer) {
    owner = peer;
  }

  /** The peer at the other end, if there is one. */
  @Nullable String peer() {
    return other == null ? null : other.owner;
  }

  // ---- Addresses and listening

  int bind(InetSocketAddress address) {
    if (domain == Sockets.AF_INET && address.getAddress() instanceof Inet6Address) {
      return -EAFNOSUPPORT;
    }
    if (bound || state != State.NEW) {
      return -EINVAL;
    }
    int port = address.getPort();
    if (port == 0) {
      port = machine.network().freePort();
    } else if (machine.network().refusesToBind(this, address)) {
      return -EADDRINUSE;
    }
    local = new InetSocketAddress(address.getAddress(), port);
    bound = true;
    machine.network().bind(this, port);
    return 0;
  }

  int listen(int wanted) {
    if (state != State.NEW && state != State.LISTENING) {
      return -EINVAL;
    }
    if (state == State.NEW) {
      if (!bound) {
        bind(new InetSocketAddress(anyAddress(), 0));
      } else if (machine.network().refusesToListen(this)) {
        return -EADDRINUSE;
      }
    }
    queue.backlog(wanted);
    state = State.LISTENING;
    return 0;
  }

  private InetAddress anyAddress() {
    return new InetSocketAddress(0).getAddress();
  }

  /** Says that whoever connects here has to wait a little: the listener is a peer's. */
  void far() {
    far = true;
  }

  boolean isFar() {
    return far;
  }

  boolean isListening() {
    return state == State.LISTENING;
  }

  AcceptQueue queue() {
    return queue;
  }

  /** Takes the oldest connection from the queue: a descriptor is still to be given to it. */
  @Nullable SimSocket accept() {
    if (!queue.looksEmpty() && machine.dice().strikes(Fault.SPURIOUS_EAGAIN)) {
      queue.hidden(true);
      machine.time().after(machine.dice().delay(100), this::showQueue);
    }
    return queue.looksEmpty() ? null : queue.remove();
  }

  private void showQueue() {
    queue.hidden(false);
    wake(EPOLLIN);
  }

  InetSocketAddress local() {
    return local == null ? new InetSocketAddress(anyAddress(), 0) : local;
  }

  /** The other end's address, or null if there is none, or none any more. */
  @Nullable InetSocketAddress remote() {
    return state == State.CONNECTED ? remote : null;
  }

  // ---- Connecting

  /** connect(2); {@code -EINPROGRESS} if the outcome is not known yet. */
  int connect(InetSocketAddress to) {
    switch (state) {
      case NEW -> {}
      case CONNECTING -> {
        return -EALREADY;
      }
      case LISTENING -> {
        return -EISCONN;
      }
      case CONNECTED, CLOSED -> {
        return outcome();
      }
    }
    if (domain == Sockets.AF_INET && to.getAddress() instanceof Inet6Address) {
      return -EAFNOSUPPORT;
    }
    InetAddress ip =
        to.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : to.getAddress();
    remote = new InetSocketAddress(ip, to.getPort());
    if (local == null || local.getAddress().isAnyLocalAddress()) {
      local =
          new InetSocketAddress(ip, local == null ? machine.network().freePort() : local.getPort());
    }
    state = State.CONNECTING;
    connectUnseen = true;
    receiveShut = false;
    sendShut = false;
    machine.network().connect(this, remote);
    return -EINPROGRESS;
  }

  /** What connect(2) says once the outcome is known: the first time it tells, then EISCONN. */
  int outcome() {
    if (!connectUnseen) {
      return -EISCONN;
    }
    connectUnseen = false;
    if (state == State.CONNECTED) {
      return 0;
    }
    int failure = takeError();
    // The socket is as new, and may try again.
    state = State.NEW;
    receiveShut = false;
    sendShut = false;
    return failure == 0 ? -ECONNABORTED : -failure;
  }

  boolean isConnecting() {
    return state == State.CONNECTING;
  }

  /** Whether this very attempt is under way: a socket may have given up and begun another one. */
  boolean isConnecting(InetSocketAddress attempt) {
    return isConnecting() && remote == attempt;
  }

  void connectFailed(int errno) {
    if (state != State.CONNECTING) {
      return;
    }
    error = errno;
    close();
    wake(0);
    wake(EPOLLERR);
  }

  /** Three packets later: the client is connected, and the server's end stands in the queue. */
  static void join(SimSocket client, SimSocket listener) {
    SimSocket server = new SimSocket(client.machine, listener.domain);
    server.options = listener.options.copy();
    Channel up = new Channel(client.options.sendBuffer(), listener.options.window());
    Channel down = new Channel(listener.options.sendBuffer(), client.options.window());
    server.accepted = true;
    server.local = client.remote;
    server.remote = client.local;
    server.connected(client, up, down);
    client.connected(server, down, up);
    listener.queue.add(server);
    client.wake(0);
    listener.wake(EPOLLIN);
  }

  private void connected(SimSocket other, Channel in, Channel out) {
    this.other = other;
    this.in = in;
    this.out = out;
    state = State.CONNECTED;
  }

  /** Sets how much the way to this socket holds, all in all. For peers. */
  void narrow(int bytes) {
    Objects.requireNonNull(in).narrow(bytes);
  }

  // ---- Receiving

  /** Bytes received, 0 at the end, or a negated errno: {@code -EAGAIN} where it would wait. */
  int recv(MemorySegment buffer, long offset, int length, boolean peek) {
    if (state == State.LISTENING) {
      return -ENOTCONN;
    }
    int available = unread();
    if (available > 0) {
      return recvSome(buffer, offset, length, available, peek);
    }
    if (in != null && in.finArrived()) {
      endSeen = true;
      return 0;
    }
    if (error != 0) {
      return -takeError();
    }
    if (receiveShut) {
      endSeen = true;
      return 0;
    }
    return state == State.NEW || state == State.CLOSED ? -ENOTCONN : -EAGAIN;
  }

  private int recvSome(MemorySegment buffer, long offset, int length, int available, boolean peek) {
    Channel in = Objects.requireNonNull(this.in);
    int part = Math.min(length, available);
    if (peek || part == 0) {
      in.peek(buffer, offset, part);
      return part;
    }
    boolean partly = false;
    if (mayBeDelayed()) {
      if (machine.dice().strikes(Fault.SPURIOUS_EAGAIN)) {
        delayArrival();
        return -EAGAIN;
      }
      if (machine.dice().strikes(Fault.PARTIAL_READS)) {
        partly = true;
        part = machine.dice().between(1, part);
      }
    }
    in.peek(buffer, offset, part);
    skip(part);
    if (partly && unread() > 0 && mayBeDelayed()) {
      delayArrival();
    }
    return part;
  }

  /** A FIN that has been seen cannot be unseen, so what is before it has arrived too. */
  private boolean mayBeDelayed() {
    return state == State.CONNECTED && in != null && !in.finArrived();
  }

  private void delayArrival() {
    Channel in = Objects.requireNonNull(this.in);
    in.unarrive();
    in.delayed(true);
    machine
        .time()
        .after(
            machine.dice().delay(100),
            () -> {
              in.delayed(false);
              Objects.requireNonNull(other).transmit();
            });
  }

  /** Everything has been read that these bytes stand for: the other end gets room. */
  private void skip(int length) {
    Objects.requireNonNull(in).skip(length);
    if (other != null && state == State.CONNECTED) {
      other.transmit();
      other.spaceFreed();
    }
  }

  /** Reads up to {@code most} bytes that have arrived. For peers: no fault strikes. */
  byte[] take(int most) {
    int length = Math.min(most, unread());
    byte[] bytes = new byte[length];
    Objects.requireNonNull(in).peek(MemorySegment.ofArray(bytes), 0, length);
    skip(length);
    return bytes;
  }

  /** How many bytes have arrived and were not read. */
  int unread() {
    return in == null ? 0 : in.arrived();
  }

  /** Whether the end of what the other side sends has arrived. */
  boolean ended() {
    return in != null && in.finArrived();
  }

  /** Whether the owner of this socket has been told of the end, by a result of 0. */
  boolean endSeen() {
    return endSeen;
  }

  // ---- Sending

  /** Bytes taken, or a negated errno: {@code -EAGAIN} where it would wait. */
  int send(MemorySegment buffer, long offset, int length) {
    if (state == State.CONNECTING) {
      return -EAGAIN;
    }
    if (state != State.CONNECTED || sendShut) {
      refused = 0;
      return error != 0 ? -takeError() : -EPIPE;
    }
    if (length == 0) {
      return 0;
    }
    int part = Math.min(length, Objects.requireNonNull(out).room());
    if (part > 0 && machine.dice().strikes(Fault.SPURIOUS_EAGAIN)) {
      congest();
      part = 0;
    } else if (part > 1 && machine.dice().strikes(Fault.PARTIAL_WRITES)) {
      part = machine.dice().between(1, part - 1);
      put(buffer, offset, part);
      congest();
      refused = length - part;
      return part;
    }
    put(buffer, offset, part);
    refused = length - part;
    if (part < length) {
      noSpace = true;
      spaceFreed();
    }
    return part == 0 ? -EAGAIN : part;
  }

  /** Sends what there is room for, and says how much that was. For peers: no fault strikes. */
  int put(MemorySegment from, long offset, int length) {
    Channel out = Objects.requireNonNull(this.out);
    int part = Math.min(length, out.room());
    out.put(from, offset, part);
    if (part < length) {
      noSpace = true;
    }
    transmit();
    return part;
  }

  /** For a moment there is no room, as if a slow network held what was sent before. */
  private void congest() {
    Channel out = Objects.requireNonNull(this.out);
    noSpace = true;
    out.congested(true);
    machine
        .time()
        .after(
            machine.dice().delay(100),
            () -> {
              out.congested(false);
              spaceFreed();
            });
  }

  /** What is on the way arrives at the other end, as far as its window goes. */
  private void transmit() {
    Channel out = Objects.requireNonNull(this.out);
    SimSocket to = Objects.requireNonNull(other);
    if (out.arriving() > 0) {
      if (to.takesNothing()) {
        to.refuse();
        return;
      }
      out.arrive();
      to.wake(EPOLLIN);
    }
    if (out.arriveFin()) {
      to.finArrived();
    }
  }

  /** Bytes are here that nobody will read: they are dropped, the connection is reset for both. */
  private void refuse() {
    SimSocket from = Objects.requireNonNull(other);
    resetArrived();
    from.resetArrived();
  }

  /** Whether there is nobody for bytes to go to: they are answered by a reset. */
  private boolean takesNothing() {
    return orphan || (receiveShut && sendShut);
  }

  private void spaceFreed() {
    if (noSpace && state == State.CONNECTED && writable()) {
      noSpace = false;
      wake(EPOLLOUT);
    }
  }

  /** Of the last send, how many bytes were not taken. They are still the caller's. */
  int refused() {
    return refused;
  }

  /** Whether EPOLLOUT is so: a send would take a good part, or fail at once. */
  boolean writable() {
    return sendShut || out == null || out.writable();
  }

  // ---- The end

  int shutdown(int how) {
    if (how < Sockets.SHUT_RD || how > Sockets.SHUT_RDWR) {
      return -EINVAL;
    }
    boolean receive = how != Sockets.SHUT_WR;
    boolean send = how != Sockets.SHUT_RD;
    int result = 0;
    switch (state) {
      case LISTENING -> {
        if (receive) {
          stopListening();
          state = State.NEW;
        }
      }
      case CONNECTING -> {
        // As tcp_disconnect: whoever waits for the connection is told that it was reset.
        state = State.NEW;
        error = ECONNRESET;
      }
      case NEW, CLOSED -> {
        // The flags are set, and yet it is an error.
        receiveShut |= receive;
        sendShut |= send;
        result = -ENOTCONN;
      }
      case CONNECTED -> {
        receiveShut |= receive;
        if (send) {
          finish();
        }
      }
    }
    wake(0);
    return result;
  }

  /** Finishes sending: a FIN follows the bytes that are on their way. */
  void finish() {
    if (state == State.CONNECTED && !sendShut) {
      sendShut = true;
      refused = 0;
      Objects.requireNonNull(out).finish();
      transmit();
    }
  }

  private void finArrived() {
    receiveShut = true;
    if (Objects.requireNonNull(out).finArrived()) {
      state = State.CLOSED;
      Objects.requireNonNull(other).state = State.CLOSED;
    }
    wake(0);
  }

  /** Ends the connection without a goodbye: the other end sees a reset, and so does this one. */
  void reset() {
    SimSocket to = other;
    close();
    if (to != null) {
      to.resetArrived();
    }
  }

  /** A reset comes in: what was on its way is lost, what has arrived can still be read. */
  private void resetArrived() {
    if (state != State.CONNECTED) {
      return;
    }
    // After the FIN it is the writer who is told: "broken pipe".
    error = ended() ? EPIPE : ECONNRESET;
    Objects.requireNonNull(in).cut();
    close();
    wake(0);
    wake(EPOLLERR);
  }

  private void close() {
    state = State.CLOSED;
    receiveShut = true;
    sendShut = true;
    refused = 0;
  }

  private void stopListening() {
    for (SimSocket each = queue.remove(); each != null; each = queue.remove()) {
      each.reset();
    }
    unbind();
  }

  private void unbind() {
    if (bound) {
      machine.network().unbind(this, local().getPort());
      bound = false;
    }
  }

  /** close(2) of the last number. Unread input makes it a reset (RFC 1122, 4.2.2.13). */
  @Override
  void released() {
    orphan = true;
    switch (state) {
      case LISTENING -> stopListening();
      case CONNECTED -> {
        if (unread() > 0 || options.resetsOnClose()) {
          reset();
        } else {
          finish();
        }
      }
      case CONNECTING -> close();
      case NEW, CLOSED -> {}
    }
    unbind();
  }

  /** SO_ERROR: the error that waits, which is thereby taken. */
  int takeError() {
    int taken = error;
    error = 0;
    return taken;
  }

  /** The error that waits to be noticed, or 0. */
  int error() {
    return error;
  }

  SocketOptions options() {
    return options;
  }

  int setOption(int level, int name, MemorySegment value) {
    int result = options.set(level, name, value);
    if (result == 0 && out != null) {
      out.sendBuffer(options.sendBuffer());
    }
    if (result == 0 && in != null) {
      in.window(options.window());
    }
    return result;
  }

  int getOption(int level, int name, MemorySegment value) {
    boolean askForError = level == Sockets.SOL_SOCKET && name == Sockets.SO_ERROR;
    return askForError ? SocketOptions.put(value, takeError()) : options.get(level, name, value);
  }

  // ---- Readiness

  boolean isConnected() {
    return state == State.CONNECTED;
  }

  /** Whether it is a server's end of a connection. */
  boolean accepted() {
    return accepted;
  }

  /** Whether something may still come here: data, or a connection. */
  boolean waits() {
    return state == State.LISTENING || (state == State.CONNECTED && !receiveShut);
  }

  /** tcp_poll. */
  @Override
  int poll() {
    if (state == State.LISTENING) {
      return queue.looksEmpty() ? 0 : EPOLLIN;
    }
    int events = 0;
    if ((receiveShut && sendShut) || state == State.NEW || state == State.CLOSED) {
      events |= EPOLLHUP;
    }
    if (receiveShut) {
      events |= EPOLLIN | EPOLLRDHUP;
    }
    if (state != State.CONNECTING) {
      if (unread() > 0) {
        events |= EPOLLIN;
      }
      if (writable()) {
        events |= EPOLLOUT;
      } else {
        noSpace = true;
      }
    }
    return error == 0 ? events : events | EPOLLERR;
  }

  @Override
  int read(MemorySegment buffer, long offset, int length) {
    return length == 0 ? 0 : recv(buffer, offset, length, false);
  }

  @Override
  int write(MemorySegment buffer, long offset, int length) {
    return send(buffer, offset, length);
  }
}
