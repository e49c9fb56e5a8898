package readiness.ready.story;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import readiness.epoll.Defects;
import readiness.epoll.EchoServer;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.SpareBuffers;
import readiness.epoll.Trigger;
import readiness.kernel.Call;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.Recording;

/** The kernel of this machine, with clients on the loopback interface. */
final class RealStage implements Stage {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** More than a turn takes; a loop that does not end within it is held up. */
  private static final Duration A_TURN = Duration.ofSeconds(1);

  private final Trigger trigger;
  private final Duration patience;
  private final Linux linux = new Linux();
  private final Recording recording = Recording.of(linux, new LinuxEpoll(), Performance.KEPT);
  private final List<SocketClient> clients = new ArrayList<>();

  /** What the clients did, and who connected in which order; they write here. */
  private final List<Recording.Entry> notes = new ArrayList<>();

  private final List<String> connected = new ArrayList<>();

  /** One entry for each client that has done all, and for whatever goes wrong. */
  private final LinkedBlockingQueue<Optional<Throwable>> ends = new LinkedBlockingQueue<>();

  private @Nullable EventLoop loop;
  private InetSocketAddress address = ANY;
  private volatile @Nullable List<Recording.Entry> whole;

  RealStage(Trigger trigger, Duration patience) {
    this.trigger = trigger;
    this.patience = patience;
  }

  @Override
  public void open(Optional<Duration> idleLimit) {
    loop = new EventLoop(recording, recording, System::nanoTime, new SpareBuffers(), trigger);
    loop.onDefect(Defects::rethrow);
    idleLimit.ifPresent(loop::closeIdleAfter);
    int listener = loop.listen(ANY, 128, EchoServer::new);
    address = Objects.requireNonNull(linux.getsockname(listener));
  }

  @Override
  public Client client(String name) {
    SocketClient client = new SocketClient(name, this);
    clients.add(client);
    return client;
  }

  @Override
  public Duration moment(Random random, int most) {
    return Duration.ofNanos(10_000L * (1 + random.nextInt(most)));
  }

  @Override
  public int flood() {
    return 8 * 1024 * 1024;
  }

  @Override
  public void play() throws Throwable {
    EventLoop server = Objects.requireNonNull(loop);
    Thread running = start("loop", server::run, false);
    for (SocketClient each : clients) {
      start(each.name(), each, true);
    }
    @Nullable Throwable failure = null;
    @Nullable String waiting = null;
    long deadline = System.nanoTime() + patience.toNanos();
    for (int left = clients.size(); left > 0 && failure == null && waiting == null; left--) {
      Optional<Throwable> end = ends.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (end == null) {
        waiting = whoWaits();
      } else {
        failure = end.orElse(null);
      }
    }
    boolean well = failure == null && waiting == null;
    // The recording belongs to the loop's thread: it is read when that has ended, or is held up.
    server.stop();
    running.join(well ? patience : A_TURN);
    if (!running.isAlive()) {
      whole = entriesNow();
    }
    if (failure != null) {
      throw failure;
    }
    if (waiting != null) {
      throw late(waiting);
    }
    if (running.isAlive()) {
      throw new Finding(
          recording.tail(20), "the loop ends its run after stop()", "the loop goes on");
    }
    server.close();
    clients.forEach(SocketClient::hangUp);
  }

  private Thread start(String name, Runnable task, boolean reportsItsEnd) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            task.run();
            if (reportsItsEnd) {
              ends.add(Optional.empty());
            }
          } catch (Throwable e) {
            ends.add(Optional.of(e));
          }
        });
  }

  private String whoWaits() {
    return clients.stream()
        .flatMap(client -> client.waitsFor().stream())
        .collect(Collectors.joining("; "));
  }

  private Finding late(String waiting) {
    Recording.Entry last = recording.entries().getLast();
    String loop =
        last.returned() ? "" : "; the loop has not come back from " + last.text().split(" →")[0];
    return new Finding(
        recording.tail(20),
        "every client comes to the end of its script",
        "after %d s %s%s".formatted(patience.toSeconds(), waiting, loop));
  }

  /** Connects a client, one at a time, so that the order of accepting says who is who. */
  synchronized void connect(SocketClient client) throws IOException {
    note(client.name(), "connects");
    client.socket().connect(address);
    connected.add(client.name());
  }

  /** Writes down what a client does. */
  synchronized void note(String client, String action) {
    long now = System.nanoTime();
    notes.add(
        new Recording.Entry(
            now, now, Call.NOTE, 0, 0, 0, List.of(), client, client + " " + action));
  }

  @Override
  public List<Recording.Entry> entries() {
    List<Recording.Entry> complete = whole;
    return complete == null ? entriesNow() : complete;
  }

  /**
   * What is there. If the loop could not be stopped, its thread may be about to write: what it has
   * written last may be missing.
   */
  private synchronized List<Recording.Entry> entriesNow() {
    List<Recording.Entry> entries = new ArrayList<>(notes);
    int accepted = 0;
    for (Recording.Entry each : recording.entries()) {
      boolean accepts = each.call() == Call.ACCEPT4 && each.returned() && each.result() >= 0;
      entries.add(
          accepts && accepted < connected.size() ? of(each, connected.get(accepted++)) : each);
    }
    entries.sort(Comparator.comparingLong(Recording.Entry::nanoTime));
    return entries;
  }

  private static Recording.Entry of(Recording.Entry accept, String client) {
    return new Recording.Entry(
        accept.begun(),
        accept.nanoTime(),
        accept.call(),
        accept.fd(),
        accept.argument(),
        accept.result(),
        accept.events(),
        client,
        accept.text());
  }
}
