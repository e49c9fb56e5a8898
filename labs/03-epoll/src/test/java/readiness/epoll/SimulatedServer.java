package readiness.epoll;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import readiness.kernel.Buffers;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Finding;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;

/** A loop that listens on a recorded simulation, and what a test asks of the two. */
final class SimulatedServer implements AutoCloseable {
  static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 7007);

  /** A narrow way to a peer, so that most of what is sent to it has to wait. */
  static final int NARROW = 8_192;

  private static final int TOLD = 20;

  final Simulation simulation;
  final Recording kernel;
  final EventLoop loop;

  private final Lent lent = new Lent();

  /** How many descriptors are open while nobody is connected. */
  private final int open;

  /** Knows how many buffers the loop has taken and not given back. */
  private static final class Lent implements Buffers {
    private final Buffers buffers = new SpareBuffers();
    int count;

    @Override
    public MemorySegment take(long bytes) {
      count++;
      return buffers.take(bytes);
    }

    @Override
    public void give(MemorySegment buffer) {
      count--;
      buffers.give(buffer);
    }
  }

  SimulatedServer(Trigger trigger, Supplier<Protocol> protocol) {
    this(0, trigger, protocol);
  }

  SimulatedServer(long seed, Trigger trigger, Supplier<Protocol> protocol, Fault... menu) {
    this(Simulation.seeded(seed, menu), trigger, protocol);
  }

  SimulatedServer(Simulation simulation, Trigger trigger, Supplier<Protocol> protocol) {
    this(simulation, trigger, protocol, simulation::nanoTime);
  }

  /** With {@code sockets} between the loop and the simulation. */
  SimulatedServer(
      Simulation simulation, Sockets sockets, Trigger trigger, Supplier<Protocol> protocol) {
    this(simulation, sockets, trigger, protocol, simulation::nanoTime);
  }

  /** With a clock of its own for the loop, which should go as the simulation's does. */
  SimulatedServer(
      Simulation simulation, Trigger trigger, Supplier<Protocol> protocol, LongSupplier clock) {
    this(simulation, simulation, trigger, protocol, clock);
  }

  private SimulatedServer(
      Simulation simulation,
      Sockets sockets,
      Trigger trigger,
      Supplier<Protocol> protocol,
      LongSupplier clock) {
    this.simulation = simulation;
    kernel = Recording.of(sockets, simulation);
    loop = Loops.of(kernel, kernel, clock, lent, trigger);
    loop.listen(ADDRESS, 128, protocol);
    open = simulation.openDescriptors();
  }

  /** Who will connect here; what is said of its window has to be said before. */
  Peer peer(String name) {
    return simulation.peer(name);
  }

  /** A client who connects, and takes half of what the narrow way holds at a time. */
  Peer slowReader() {
    return peer("client").window(NARROW).readsUpTo(NARROW / 2).connect(ADDRESS);
  }

  /** A client who connects, and reads nothing until it is told to. */
  Peer neverReader() {
    return peer("client").window(NARROW).neverReads().connect(ADDRESS);
  }

  /** Turns the loop until everything is done that is to be done. */
  void drive() {
    simulation.drive(loop::turn);
  }

  /** All that the peers are to do happens, while the loop is looking elsewhere. */
  void meanwhile() {
    simulation.advance(Duration.ofSeconds(1));
  }

  /** {@link #meanwhile}, and then a single turn, whose calls alone are counted afterwards. */
  void turn() {
    meanwhile();
    kernel.clear();
    loop.turn();
  }

  void expect(boolean holds, String expected, String observed) {
    if (!holds) {
      throw new Finding(simulation.tail(TOLD), expected, observed);
    }
  }

  /** Holds the number of calls since the last {@link #turn} against what it should be. */
  void expectCount(String call, long wanted, String why) {
    long actual = kernel.count(call);
    expect(
        actual == wanted,
        "%s %s: %s".formatted(call, times(wanted), why),
        "%s %s".formatted(call, times(actual)));
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }

  /** A peer of an echo server has got back what it said. */
  void expectAll(Peer peer, byte[] said) {
    byte[] heard = peer.received();
    int at = Arrays.mismatch(said, heard);
    if (at >= 0) {
      String extra =
          heard.length > said.length
              ? ", %,d bytes arrived twice".formatted(heard.length - said.length)
              : "";
      expect(
          false,
          "%s gets all its %,d bytes, in order".formatted(peer.name(), said.length),
          "%,d bytes, different from byte %,d on%s".formatted(heard.length, at, extra));
    }
  }

  /** Everyone has gone, and so has everything that was theirs. */
  void expectNobody() {
    int left = simulation.openDescriptors() - open;
    expect(
        left == 0,
        "every connection closed, since every peer has gone",
        left == 1 ? "1 descriptor is still open" : left + " descriptors are still open");
    expect(
        lent.count == 0,
        "every buffer given back, since nothing waits for anybody",
        lent.count == 1 ? "1 buffer is kept" : lent.count + " buffers are kept");
    for (Recording.Entry each : kernel.entries()) {
      expect(
          each.result() != -Errno.EBADF,
          "no call on a descriptor that is closed: its number may be somebody else's by now",
          each.text());
    }
  }

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    loop.close();
  }
}
