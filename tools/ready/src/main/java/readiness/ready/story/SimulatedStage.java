package readiness.ready.story;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import readiness.epoll.Defects;
import readiness.epoll.EchoServer;
import readiness.epoll.EventLoop;
import readiness.epoll.SpareBuffers;
import readiness.epoll.Trigger;
import readiness.kernel.Fault;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;

/** A simulated kernel: the seed decides whatever the story leaves open. */
final class SimulatedStage implements Stage {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 7007);

  private final Simulation simulation;
  private final Trigger trigger;
  private @Nullable EventLoop loop;

  SimulatedStage(long seed, Trigger trigger, Fault... menu) {
    simulation = Simulation.recorded(seed, Performance.KEPT, menu);
    this.trigger = trigger;
  }

  @Override
  public void open(Optional<Duration> idleLimit) {
    loop = new EventLoop(simulation, simulation, simulation::nanoTime, new SpareBuffers(), trigger);
    loop.onDefect(Defects::rethrow);
    idleLimit.ifPresent(loop::closeIdleAfter);
    loop.listen(ADDRESS, 128, EchoServer::new);
  }

  @Override
  public Client client(String name) {
    return new ScriptedClient(simulation.peer(name));
  }

  @Override
  public Duration moment(Random random, int most) {
    return Duration.ofNanos(1_000L * (1 + random.nextInt(most)));
  }

  @Override
  public int flood() {
    return 768 * 1024;
  }

  @Override
  public void play() {
    simulation.drive(Objects.requireNonNull(loop)::turn);
  }

  @Override
  public List<Recording.Entry> entries() {
    return simulation.entries();
  }

  private record ScriptedClient(Peer peer) implements Client {
    @Override
    public Client connect() {
      peer.connect(ADDRESS);
      return this;
    }

    @Override
    public Client send(int bytes) {
      peer.send(new byte[bytes]);
      return this;
    }

    @Override
    public Client expect(int bytes) {
      peer.expect(bytes);
      return this;
    }

    @Override
    public Client expectEnd() {
      peer.expectEnd();
      return this;
    }

    @Override
    public Client pause(Duration time) {
      peer.pause(time);
      return this;
    }

    @Override
    public Client halfClose() {
      peer.halfClose();
      return this;
    }

    @Override
    public Client close() {
      peer.close();
      return this;
    }

    @Override
    public Client reset() {
      peer.reset();
      return this;
    }

    @Override
    public Client readsUpTo(int bytes) {
      peer.readsUpTo(bytes);
      return this;
    }

    @Override
    public Client window(int bytes) {
      peer.window(bytes);
      return this;
    }
  }
}
