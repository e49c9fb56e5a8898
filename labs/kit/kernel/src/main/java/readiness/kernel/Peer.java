package readiness.kernel;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scripted end of a connection: the client that a server under test serves, or the server that a
 * client under test connects to. The script is written down first and acted out as virtual time
 * passes, that is while {@link Simulation#drive} turns the loop: one action after the other, at
 * times that the seed decides.
 *
 * <pre>{@code
 * Peer alice = simulation.peer("alice").connect(address)
 *     .send("hello").expect(5).pause(Duration.ofMillis(5)).send(more).halfClose();
 * simulation.drive(loop::turn);
 * }</pre>
 *
 * <p>Actions may be added after a {@code drive}; the next one acts them out. A peer whose script
 * has ended keeps its connection open, and goes on reading as it was told to.
 */
public final class Peer {
  private static final int NOTHING = 0;
  private static final int EVERYTHING = Integer.MAX_VALUE;

  /**
   * One action of a script.
   *
   * @param attempt does as much as can be done now, and says whether the action is complete
   * @param waiting what is the matter while it is not, as in "alice …"
   * @param prompt whether it follows the one before at once; others take their time
   */
  private record Action(BooleanSupplier attempt, Supplier<String> waiting, boolean prompt) {}

  private final Simulation simulation;
  private final Machine machine;
  private final String name;
  private final ArrayDeque<Action> script = new ArrayDeque<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream(64);

  private @Nullable SimSocket socket;
  private int window;
  private int mouthful = EVERYTHING;
  private long expected;
  private int toSend;
  private boolean begun;
  private boolean planned;
  private boolean reading;
  private boolean readPlanned;
  private boolean reset;
  private final boolean stranger;

  Peer(Simulation simulation, Machine machine, String name, boolean stranger) {
    this.simulation = simulation;
    this.machine = machine;
    this.name = name;
    this.stranger = stranger;
  }

  // ---- The script

  /** Connects to {@code address}. With a full accept queue it waits until there is room. */
  public Peer connect(InetSocketAddress address) {
    return then(() -> "waits to be connected", () -> connecting(address));
  }

  /**
   * Listens on {@code address} from now on, and takes one connection; the script goes on when it
   * has come. Several peers may do so on one address and are served in order.
   */
  public Peer accept(InetSocketAddress address) {
    PeerListener listener = simulation.peerListener(address);
    listener.wants(this);
    return then(() -> "waits for somebody to connect", () -> socket != null);
  }

  /** Sends {@code bytes}, all of them, as fast as the other side takes them. */
  public Peer send(byte[] bytes) {
    byte[] copy = bytes.clone();
    return then(
        () -> "has %s bytes to send and finds no room".formatted(Trace.number(toSend)),
        () -> sending(copy));
  }

  /** Sends {@code text} in UTF-8. */
  public Peer send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Does nothing for {@code time}, on the virtual clock. */
  public Peer pause(Duration time) {
    boolean[] over = {false};
    return then(
        () -> "waits for a pause to end",
        () -> {
          if (!begun) {
            machine.time().after(time.toNanos(), () -> over[0] = true);
            machine.time().after(time.toNanos(), this::act);
          }
          return over[0];
        });
  }

  /**
   * Goes on when {@code bytes} more bytes have been received than the {@code expect}s before it
   * asked for. A connection that ends before that is a {@link Finding}.
   */
  public Peer expect(long bytes) {
    return then(
        () ->
            "waits for %s bytes and has %s"
                .formatted(Trace.number(expected), Trace.number(received.size())),
        () -> {
          if (!begun) {
            expected += bytes;
          }
          if (received.size() < expected && isOver()) {
            throw unmet();
          }
          return received.size() >= expected;
        });
  }

  /** Goes on when the other side has finished sending or has reset the connection. */
  public Peer expectEnd() {
    return then(() -> "waits for the end of the connection", this::isOver);
  }

  /** shutdown(SHUT_WR): finishes sending, and goes on receiving. */
  public Peer halfClose() {
    return then(() -> "", () -> ending("finishes sending", connection()::finish));
  }

  /** Closes, as close(2) does: what has arrived and was not read makes it a reset. */
  public Peer close() {
    return then(() -> "", () -> ending("closes", connection()::released));
  }

  /** Resets the connection: the other side sees ECONNRESET. */
  public Peer reset() {
    return then(() -> "", () -> ending("resets the connection", connection()::reset));
  }

  /** As {@link #reset}, in the same moment as the action before. */
  Peer resetAtOnce() {
    script.add(new Action(() -> ending("is gone", connection()::reset), () -> "", true));
    plan();
    return this;
  }

  /**
   * From here on reads at most {@code bytes} at a time, with rests between. Said before {@link
   * #connect} it holds from the beginning; a peer that has not been told anything reads all that
   * arrives at once.
   */
  public Peer readsUpTo(int bytes) {
    return reads(bytes);
  }

  /** From here on reads nothing. */
  public Peer neverReads() {
    return reads(NOTHING);
  }

  private Peer reads(int bytes) {
    script.add(
        new Action(
            () -> {
              mouthful = bytes;
              readWhatArrived();
              return true;
            },
            () -> "",
            true));
    plan();
    return this;
  }

  /**
   * Lets the way to this peer hold {@code bytes}: that much the other side can send before anything
   * is read. To be said before {@link #connect}.
   */
  public Peer window(int bytes) {
    window = bytes;
    return this;
  }

  private Peer then(Supplier<String> waiting, BooleanSupplier attempt) {
    script.add(new Action(attempt, waiting, false));
    plan();
    return this;
  }

  // ---- What came of it

  /** A name for traces. */
  public String name() {
    return name;
  }

  /** What it has read so far. */
  public byte[] received() {
    return received.toByteArray();
  }

  /** What it has read so far, as UTF-8. */
  public String text() {
    return received.toString(StandardCharsets.UTF_8);
  }

  /** Whether it has read all that the other side sent, and that side has finished sending. */
  public boolean sawEnd() {
    return socket != null && socket.ended() && socket.unread() == 0;
  }

  /** Whether the other side has reset the connection, or refused it. */
  public boolean sawReset() {
    return reset;
  }

  /** Whether every action of the script has been acted out. */
  public boolean done() {
    return script.isEmpty();
  }

  /** What it waits for, for messages. Only while not {@link #done}. */
  String waitingFor() {
    return name + " " + script.element().waiting.get();
  }

  // ---- Acting

  /** Sees to it that the next action takes place, if nothing is planned yet. */
  private void plan() {
    if (!planned && !script.isEmpty()) {
      planned = true;
      machine.time().after(machine.dice().delay(200), this::act);
    }
  }

  private void act() {
    planned = false;
    while (!script.isEmpty()) {
      Action action = script.element();
      boolean complete = action.attempt.getAsBoolean();
      begun = true;
      if (!complete) {
        return;
      }
      begun = false;
      script.remove();
      Action next = script.peek();
      if (next != null && !next.prompt) {
        plan();
        return;
      }
    }
  }

  private boolean connecting(InetSocketAddress address) {
    if (!begun) {
      simulation.note(name, "connects");
      if (!stranger) {
        simulation.strangers().follow(address);
      }
      boolean six = address.getAddress() instanceof Inet6Address;
      SimSocket made = new SimSocket(machine, six ? Sockets.AF_INET6 : Sockets.AF_INET);
      socket = made;
      made.ownedBy(name);
      made.watch(this::woken, false);
      made.connect(address);
      connected();
    }
    return !connection().isConnecting();
  }

  /** A listener has taken a connection for this peer. */
  void accepted(SimSocket made) {
    simulation.note(name, "is connected to");
    socket = made;
    made.ownedBy(name);
    made.watch(this::woken, false);
    connected();
    woken(0);
  }

  private void connected() {
    if (window > 0 && connection().isConnected()) {
      connection().narrow(window);
      window = 0;
    }
  }

  private boolean sending(byte[] bytes) {
    if (!begun) {
      simulation.note(name, "sends %s bytes".formatted(Trace.number(bytes.length)));
      toSend = bytes.length;
    }
    SimSocket to = connection();
    while (toSend > 0 && to.isConnected()) {
      int from = bytes.length - toSend;
      boolean partly = machine.dice().strikes(Fault.PARTIAL_READS);
      int piece = partly ? machine.dice().between(1, toSend) : toSend;
      int sent = to.put(MemorySegment.ofArray(bytes), from, piece);
      toSend -= sent;
      if (sent < piece) {
        return false;
      }
      if (toSend > 0) {
        plan();
        return false;
      }
    }
    toSend = 0;
    return true;
  }

  private boolean ending(String how, Runnable end) {
    simulation.note(name, how);
    end.run();
    return true;
  }

  private SimSocket connection() {
    if (socket == null) {
      throw new IllegalStateException(
          "%s has no connection: its script has to begin with connect or accept".formatted(name));
    }
    return socket;
  }

  // ---- Hearing

  /** Something about the connection has changed. */
  private void woken(int key) {
    connected();
    SimSocket socket = connection();
    if (socket.error() != 0) {
      reset = true;
    }
    readWhatArrived();
    if (!script.isEmpty()) {
      plan();
    }
  }

  private void readWhatArrived() {
    // Reading makes room, room lets more arrive, and that comes back here.
    if (socket == null || reading || mouthful == NOTHING || socket.unread() == 0) {
      return;
    }
    if (mouthful != EVERYTHING) {
      planMouthful();
      return;
    }
    reading = true;
    while (socket.unread() > 0) {
      received.writeBytes(socket.take(EVERYTHING));
    }
    reading = false;
  }

  private void planMouthful() {
    if (!readPlanned) {
      readPlanned = true;
      machine.time().after(machine.dice().delay(200), this::takeMouthful);
    }
  }

  private void takeMouthful() {
    readPlanned = false;
    if (mouthful == EVERYTHING) {
      readWhatArrived();
    } else if (mouthful != NOTHING) {
      received.writeBytes(Objects.requireNonNull(socket).take(mouthful));
      woken(0);
    }
  }

  private boolean isOver() {
    return sawEnd() || reset || !connection().isConnected() && connection().unread() == 0;
  }

  private Finding unmet() {
    return simulation
        .watchdog()
        .found(
            "%s bytes reach %s".formatted(Trace.number(expected), name),
            "the connection %s after %s bytes"
                .formatted(reset ? "was reset" : "ended", Trace.number(received.size())));
  }
}
