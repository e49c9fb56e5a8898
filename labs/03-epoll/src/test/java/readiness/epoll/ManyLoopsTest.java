package readiness.epoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import readiness.epoll.LoopGroup.Accepting;
import readiness.kernel.Fault;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Simulation;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Several loops on one address, on the real kernel: who serves whom, and how all of it ends. */
@Step("many-loops")
@Tag("many-loops")
final class ManyLoopsTest {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 7007);
  private static final InetSocketAddress OPERATOR = new InetSocketAddress("127.0.0.1", 7008);
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** Far longer than anything here takes: whoever needs it all does not end. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Long enough for an idle thread to end, as soon as it is told. */
  private static final Duration A_MOMENT = Duration.ofMillis(200);

  /** As long a client waits for a byte or for the end: far longer than either takes. */
  private static final int SILENCE_MILLIS = 5_000;

  private final Story story = new Story();

  @Test
  @DisplayName("the acceptor hands connections out in turn")
  void handsOutInTurn() throws Exception {
    Census census = new Census();
    try (Bench bench = new Bench(3, Accepting.HAND_OUT, census)) {
      List<Socket> clients = bench.clients(30, "hello");
      bench.expectEchoes(clients, "hello");
      story.then("served: %s", census.perThread());
      story.expect(
          census.perThread().size() == 3
              && census.perThread().values().stream().allMatch(n -> n.get() == 10),
          "30 connections, 10 for each of 3 workers",
          census.perThread().toString());
    }
  }

  @Test
  @DisplayName("with SO_REUSEPORT the kernel gives every loop some")
  void kernelChooses() throws Exception {
    Census census = new Census();
    try (Bench bench = new Bench(2, Accepting.REUSE_PORT, census)) {
      List<Socket> clients = bench.clients(64, "hello");
      bench.expectEchoes(clients, "hello");
      story.then("served: %s", census.perThread());
      int all = census.perThread().values().stream().mapToInt(AtomicInteger::get).sum();
      story.expect(
          all == 64 && census.perThread().size() == 2,
          "64 connections, and neither of the 2 workers without any",
          census.perThread().toString());
    }
  }

  /** Echoes, and counts which thread serves how many connections. */
  private static final class Census implements Supplier<Protocol> {
    private final Map<String, AtomicInteger> served = new ConcurrentHashMap<>();

    @Override
    public Protocol get() {
      return new Protocol() {
        private boolean counted;

        @Override
        public long received(Connection connection, MemorySegment input, long from, long to) {
          if (!counted) {
            counted = true;
            String thread = Thread.currentThread().getName();
            served.computeIfAbsent(thread, _ -> new AtomicInteger()).incrementAndGet();
          }
          connection.send(input, from, to - from);
          return to - from;
        }
      };
    }

    Map<String, AtomicInteger> perThread() {
      return new TreeMap<>(served);
    }
  }

  @Test
  @DisplayName("the turns go on beyond two thousand million connections")
  void turnsGoOn() {
    for (int workers = 1; workers <= 7; workers++) {
      int[] served = new int[workers];
      int rounds = 100;
      for (int i = 0, handedOut = Integer.MAX_VALUE - 50 * workers;
          i < rounds * workers;
          i++, handedOut++) {
        int turn = LoopGroup.turn(handedOut, workers);
        story.expect(
            turn >= 0 && turn < workers,
            "after %d connections one of the workers from 0 to %d: a counter that is full goes on below 0"
                .formatted(handedOut, workers - 1),
            "worker %d".formatted(turn));
        served[turn]++;
      }
      story.expect(
          Arrays.stream(served).allMatch(n -> Math.abs(n - rounds) <= 1),
          "about %d connections for each of %d workers".formatted(rounds, workers),
          Arrays.toString(served));
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("what is spoken on a loop's connections is made on its thread, once for each loop")
  @EnumSource
  void ownProtocols(Accepting accepting) throws Exception {
    Map<String, AtomicInteger> makers = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> strangers = new ConcurrentHashMap<>();
    Supplier<Supplier<Protocol>> protocols =
        () -> {
          String maker = Thread.currentThread().getName();
          makers.computeIfAbsent(maker, _ -> new AtomicInteger()).incrementAndGet();
          return () -> {
            String user = Thread.currentThread().getName();
            if (!user.equals(maker)) {
              strangers.computeIfAbsent(user, _ -> new AtomicInteger()).incrementAndGet();
            }
            return new EchoServer();
          };
        };
    try (Bench bench = new Bench(2, accepting, protocols)) {
      List<Socket> clients = bench.clients(64, "hello");
      bench.expectEchoes(clients, "hello");
    }
    story.then("made by %s", new TreeMap<>(makers));
    story.expect(
        makers.size() == 2 && makers.values().stream().allMatch(n -> n.get() == 1),
        "each of 2 workers asks once, for what its own connections share",
        makers.toString());
    story.expect(
        strangers.isEmpty(),
        "no worker uses what another one has made: nothing of it is meant for two threads",
        "used by " + strangers);
  }

  @Test
  @DisplayName("a stop that lasts is one deadline for all, and not one for each stage")
  void oneDeadline() throws Exception {
    Duration patience = Duration.ofMinutes(10);
    AtomicLong clock = new AtomicLong();
    List<EventLoop> loops = new ArrayList<>();
    Supplier<EventLoop> making =
        () -> {
          loops.add(loop());
          return loops.getLast();
        };
    Protocol stays =
        new Protocol() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.send(input, from, to - from);
            return to - from;
          }

          @Override
          public void stopping(Connection connection) {
            // It has something to finish, and never does.
          }
        };
    try (LoopGroup group =
            LoopGroup.start(1, Accepting.HAND_OUT, making, ANY, 16, () -> () -> stays, clock::get);
        Socket client = new Socket(group.address().getAddress(), group.address().getPort())) {
      client.setSoTimeout(SILENCE_MILLIS);
      client.getOutputStream().write('x');
      story.expect(client.getInputStream().read() == 'x', "the client is served", "it is not");
      CountDownLatch atWork = new CountDownLatch(1);
      CountDownLatch stopping = new CountDownLatch(1);
      loops
          .getLast()
          .execute(() -> {
            atWork.countDown();
            try {
              stopping.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            // By the clock that the group reads, all of the time has passed by now.
            clock.addAndGet(patience.toNanos());
          });
      atWork.await();
      FutureTask<Boolean> stop = new FutureTask<>(() -> group.stop(patience));
      Thread stopper = Thread.ofPlatform().start(stop);
      while (stopper.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      stopping.countDown();
      story.then("stop(10 min): the acceptor takes all of the 10 minutes to end");
      story.then("a connection of the worker never comes to its end");
      String outcome;
      try {
        outcome = "it returns " + stop.get(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        outcome = "it waits on";
        loops.getFirst().stop();
      }
      story.expect(
          outcome.equals("it returns false"),
          "the connection cut off at once, since no time is left: it returns false",
          outcome);
      stopper.join();
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("whoever waits at the door when the end comes is served still")
  @EnumSource
  void servesTheQueue(Accepting accepting) throws Exception {
    try (Bench bench = new Bench(2, accepting, () -> EchoServer::new)) {
      // On the accepting loop's own thread, and the next task there is its end: so these wait in
      // the accept queue when it comes.
      EventLoop acceptor = bench.acceptor();
      Future<List<Socket>> arrived =
          bench.onLoop(
              acceptor,
              () -> {
                List<Socket> clients = bench.clients(20, "just in time");
                acceptor.shutdown();
                return clients;
              });
      List<Socket> clients = arrived.get(20, TimeUnit.SECONDS);
      story.then("the loop that accepts is shut down while 20 connections wait in its queue");
      bench.expectEchoes(clients, "just in time");
      bench.clientsClose();
      bench.expectStopped();
    }
  }

  @Test
  @DisplayName("workers outlive the acceptor, which hands out to the last")
  void acceptorFirst() throws Exception {
    CountDownLatch stopping = new CountDownLatch(1);
    try (Bench bench = new Bench(2, Accepting.HAND_OUT, () -> EchoServer::new)) {
      Future<List<Socket>> late =
          bench.onLoop(
              bench.acceptor(),
              () -> {
                stopping.await();
                // A worker that ends before the acceptor does so now.
                bench.awaitEnd("worker-0", A_MOMENT);
                return bench.clients(20, "just in time");
              });
      Thread stopper = Thread.ofPlatform().start(() -> bench.stopped = bench.stop());
      while (stopper.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      stopping.countDown();
      List<Socket> clients = late.get(20, TimeUnit.SECONDS);
      story.then("they wait in the queue of an acceptor that has not come to its end yet");
      bench.expectEchoes(clients, "just in time");
      bench.clientsClose();
      stopper.join();
      story.expect(bench.stopped, "stop says true: everyone was served", "stop says false");
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("what was asked before the end is answered whole")
  @EnumSource
  void answersWhole(Accepting accepting) throws Exception {
    byte[] message = new byte[1_000_000];
    new Random(0).nextBytes(message);
    try (Bench bench = new Bench(2, accepting, () -> EchoServer::new);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Socket client = bench.client();
      Future<?> writer =
          threads.submit(() -> {
            client.getOutputStream().write(message);
            return null;
          });
      // Half of it is back: the rest lies in sockets and in the connection's queue by now.
      byte[] first = client.getInputStream().readNBytes(message.length / 2);
      story.then("a client sends %,d bytes and has read half of the echo", message.length);
      writer.get(20, TimeUnit.SECONDS);
      Future<Boolean> stopped = threads.submit(() -> bench.group.stop(PATIENCE));
      byte[] rest = client.getInputStream().readAllBytes();
      story.then("the group is stopped; the client reads on, until the end: %,d more", rest.length);
      byte[] all = Arrays.copyOf(first, first.length + rest.length);
      System.arraycopy(rest, 0, all, first.length, rest.length);
      client.close();
      int at = Arrays.mismatch(message, all);
      story.expect(
          at < 0,
          "all %,d bytes, since all of them had been sent before".formatted(message.length),
          "%,d bytes, different from byte %,d on".formatted(all.length, at));
      story.expect(
          stopped.get(20, TimeUnit.SECONDS),
          "stop says true: nothing had to be cut off",
          "stop says false, though the client has read everything and closed");
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a client that never reads is cut off at the deadline")
  @EnumSource
  @Timeout(30)
  void cutsOff(Accepting accepting) throws Exception {
    try (Bench bench = new Bench(2, accepting, () -> EchoServer::new)) {
      bench.expectEchoes(bench.clients(4, "hello"), "hello");
      story.then("none of them will close");
      boolean inTime = bench.group.stop(Duration.ofMillis(50));
      story.then("stop(50 ms) → %s", inTime);
      story.expect(
          !inTime, "false: the clients had to be cut off", "true, with 4 connections open");
      bench.expectNoThreads();
      bench.clientsClose();
    }
  }

  @Test
  @DisplayName("all workers are told at once, so one that takes long holds up no other")
  void toldAtOnce() throws Exception {
    try (Bench bench = new Bench(2, Accepting.HAND_OUT, () -> EchoServer::new)) {
      List<Socket> clients = bench.clients(2, "hello");
      bench.expectEchoes(clients, "hello");
      Thread stopper = Thread.ofPlatform().start(() -> bench.stopped = bench.stop());
      story.then("one client for each worker, and stop; no client closes before both hear the end");
      for (int i = 0; i < 2; i++) {
        String heard = bench.heard(clients.get(i), 1);
        story.expect(
            heard.equals("the end at once"),
            "both hear it: every worker winds up, also while stop waits for another one",
            "client %d does not: %s".formatted(i + 1, heard));
      }
      bench.clientsClose();
      stopper.join();
      story.expect(bench.stopped, "stop says true: both have closed", "stop says false");
    }
  }

  @Test
  @DisplayName("one worker that had to be cut off is enough for stop to say false")
  void oneIsEnough() throws Exception {
    try (Bench bench = new Bench(2, Accepting.HAND_OUT, () -> EchoServer::new)) {
      List<Socket> clients = bench.clients(2, "hello");
      bench.expectEchoes(clients, "hello");
      clients.getLast().close();
      story.then("the second one's client closes, the first one's never will");
      boolean inTime = bench.group.stop(A_MOMENT);
      story.then("stop(%d ms) → %s", A_MOMENT.toMillis(), inTime);
      story.expect(
          !inTime,
          "false: the first worker had to be cut off",
          "true, as the last one was in time");
    }
  }

  @Test
  @DisplayName("when the acceptor misses the deadline, the workers end all the same")
  void acceptorIsLate() throws Exception {
    try (Bench bench = new Bench(2, Accepting.HAND_OUT, () -> EchoServer::new)) {
      bench.expectEchoes(bench.clients(2, "hello"), "hello");
      Thread stopper =
          Thread.ofPlatform().unstarted(() -> bench.stopped = bench.stop(Duration.ZERO));
      bench.onLoop(
          bench.acceptor(),
          () -> {
            // Until stop waits without a limit, for the one that it has cut off.
            while (stopper.getState() != Thread.State.WAITING
                && stopper.getState() != Thread.State.TERMINATED) {
              Thread.onSpinWait();
            }
            return null;
          });
      stopper.start();
      stopper.join();
      story.then("stop(0), while the acceptor is busy → %s", bench.stopped);
      story.expect(!bench.stopped, "false: the acceptor had to be cut off", "true");
      bench.expectNoThreads();
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("after the end nobody listens, no thread and no socket is left")
  @EnumSource
  void nothingIsLeft(Accepting accepting) throws Exception {
    try (Bench bench = new Bench(3, accepting, () -> EchoServer::new)) {
      List<Socket> clients = bench.clients(9, "hello");
      bench.expectEchoes(clients, "hello");
      bench.clientsClose();
      bench.expectStopped();
      bench.expectNoThreads();
      String outcome;
      try (Socket late = bench.client()) {
        outcome = "connected: " + late;
      } catch (ConnectException e) {
        outcome = "refused";
      }
      story.then("one more client: %s", outcome);
      story.expect(
          outcome.equals("refused"), "a client that comes after the end is refused", outcome);
    }
  }

  @Test
  @DisplayName("a connection that its worker can no longer take is closed, not forgotten")
  void workerGone() throws Exception {
    try (Bench bench = new Bench(2, Accepting.HAND_OUT, () -> EchoServer::new)) {
      bench.loops.getFirst().stop();
      bench.awaitEnd("worker-0", PATIENCE);
      story.then("one of 2 workers has ended");
      int closed = 0;
      int served = 0;
      for (int i = 0; i < 4; i++) {
        try (Socket client = bench.client()) {
          client.getOutputStream().write("x".getBytes());
          int answer = client.getInputStream().read();
          closed += answer < 0 ? 1 : 0;
          served += answer == 'x' ? 1 : 0;
        } catch (SocketTimeoutException e) {
          throw story
              .then("client %d: neither a byte nor the end", i + 1)
              .finding("every client served, or closed at once", "it waits, and nobody tells it");
        } catch (SocketException e) {
          closed++;
        }
      }
      story.then("4 clients: %d served, %d closed", served, closed);
      story.expect(
          served == 2 && closed == 2,
          "2 served by the worker that is left, and 2 closed at once: they learn it",
          "%d served, %d closed".formatted(served, closed));
    }
  }

  @Test
  @DisplayName("a group that cannot listen leaves nothing open")
  void cannotListen() throws Exception {
    try (Bench bench = new Bench(1, Accepting.HAND_OUT, () -> EchoServer::new)) {
      String outcome = "it listens";
      try (LoopGroup second =
          LoopGroup.start(
              2,
              Accepting.HAND_OUT,
              ManyLoopsTest::loop,
              bench.group.address(),
              128,
              () -> EchoServer::new)) {
        outcome += " on " + second.address();
      } catch (IllegalStateException e) {
        outcome = String.valueOf(e.getMessage());
      }
      story.then("a second group on the same address: %s", outcome);
      story.expect(
          outcome.contains("EADDRINUSE") && outcome.contains(String.valueOf(bench.port())),
          "an error that names the address and the reason",
          outcome);
    }
  }

  @Test
  @DisplayName("shut down at any moment, a loop answers what has arrived and resets nobody")
  void anyMoment() {
    Fault[] menu = {Fault.PARTIAL_READS, Fault.PARTIAL_WRITES, Fault.EINTR, Fault.EVENT_ORDER};
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          Simulation simulation = Simulation.seeded(seed, menu);
          List<Peer> peers = new ArrayList<>();
          List<byte[]> messages = new ArrayList<>();
          try (EventLoop loop =
              Loops.of(simulation, simulation, simulation::nanoTime, new SpareBuffers())) {
            int open = simulation.openDescriptors();
            loop.listen(ADDRESS, 128, EchoServer::new);
            loop.listen(OPERATOR, 128, () -> shutsDown(loop));
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
              byte[] message = new byte[1 + random.nextInt(20_000)];
              random.nextBytes(message);
              messages.add(message);
              peers.add(
                  simulation
                      .peer("client " + i)
                      .connect(ADDRESS)
                      .send(message)
                      .expectEnd()
                      .halfClose());
            }
            simulation
                .peer("the operator")
                .connect(OPERATOR)
                .pause(Duration.ofNanos(random.nextInt(4_000_000)))
                .send("stop")
                .expectEnd()
                .halfClose();
            simulation.drive(loop::turn);
            for (int i = 0; i < peers.size(); i++) {
              expectPrefix(simulation, peers.get(i), messages.get(i));
            }
            if (simulation.openDescriptors() != open) {
              throw new Finding(
                  simulation.tail(20),
                  "the listeners and every connection closed",
                  "%d more descriptors open than before"
                      .formatted(simulation.openDescriptors() - open));
            }
          }
        });
  }

  /** Whatever comes means: come to an end. */
  private static Protocol shutsDown(EventLoop loop) {
    return (connection, input, from, to) -> {
      loop.shutdown();
      return to - from;
    };
  }

  private static void expectPrefix(Simulation simulation, Peer peer, byte[] said) {
    byte[] heard = peer.received();
    boolean refused = heard.length == 0;
    boolean prefix =
        heard.length <= said.length && Arrays.equals(heard, 0, heard.length, said, 0, heard.length);
    if (!prefix || peer.sawReset() && !refused) {
      throw new Finding(
          simulation.tail(20),
          "%s gets back what had arrived, in order, and then the end".formatted(peer.name()),
          prefix
              ? "it was reset after %,d bytes".formatted(heard.length)
              : "%,d bytes, different from what it sent".formatted(heard.length));
    }
  }

  private static EventLoop loop() {
    return Loops.of(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers());
  }

  /** A group that serves, and its clients. */
  private final class Bench implements AutoCloseable {
    final List<EventLoop> loops = new ArrayList<>();
    final LoopGroup group;
    private final Accepting accepting;
    private volatile boolean stopped;

    /** Every client that there was. */
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Bench(int size, Accepting accepting, Census census) {
      this(size, accepting, () -> census);
    }

    Bench(int size, Accepting accepting, Supplier<Supplier<Protocol>> protocols) {
      this.accepting = accepting;
      group =
          LoopGroup.start(
              size,
              accepting,
              () -> {
                EventLoop loop = loop();
                loops.add(loop);
                return loop;
              },
              ANY,
              128,
              protocols);
      story.then("%d workers, %s", size, accepting);
    }

    int port() {
      return group.address().getPort();
    }

    /** The loop that has the listener, or one of those that have one. */
    EventLoop acceptor() {
      return accepting == Accepting.HAND_OUT ? loops.getLast() : loops.getFirst();
    }

    <T> Future<T> onLoop(EventLoop loop, Callable<T> what) {
      FutureTask<T> task = new FutureTask<>(what);
      loop.execute(task);
      return task;
    }

    Socket client() throws IOException {
      Socket client = new Socket(group.address().getAddress(), port());
      client.setSoTimeout(SILENCE_MILLIS);
      open.add(client);
      return client;
    }

    List<Socket> clients(int count, String says) throws IOException {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Socket client = client();
        client.getOutputStream().write(says.getBytes());
        clients.add(client);
      }
      story.then("%d clients connect and say \"%s\"", count, says);
      return clients;
    }

    void expectEchoes(List<Socket> clients, String said) {
      for (int i = 0; i < clients.size(); i++) {
        String heard = heard(clients.get(i), said.length());
        story.expect(
            heard.equals(said),
            "each of %d clients hears \"%s\"".formatted(clients.size(), said),
            "number %d does not: %s".formatted(i + 1, heard));
      }
    }

    private String heard(Socket client, int length) {
      try {
        byte[] bytes = client.getInputStream().readNBytes(length);
        return bytes.length == 0 ? "the end at once" : new String(bytes);
      } catch (IOException e) {
        return String.valueOf(e.getMessage());
      }
    }

    void clientsClose() throws IOException {
      for (Socket each : open) {
        each.close();
      }
      story.then("the clients close");
    }

    boolean stop() {
      return stop(PATIENCE);
    }

    boolean stop(Duration patience) {
      try {
        return group.stop(patience);
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts", e);
      }
    }

    void expectStopped() {
      boolean inTime = stop();
      story.then("stop(%d s) → %s", PATIENCE.toSeconds(), inTime);
      story.expect(inTime, "true: every client has closed, so nothing holds the loops up", "false");
    }

    void expectNoThreads() {
      List<String> alive = threads().map(Thread::getName).sorted().toList();
      story.expect(
          alive.isEmpty(), "every thread of the group has ended", "still running: " + alive);
    }

    void awaitEnd(String name, Duration patience) throws InterruptedException {
      for (Thread each : threads().filter(thread -> thread.getName().equals(name)).toList()) {
        each.join(patience);
      }
    }

    private Stream<Thread> threads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().matches("(worker|acceptor)-[0-9]+"));
    }

    @Override
    public void close() throws IOException {
      group.close();
      for (Socket each : open) {
        each.close();
      }
    }
  }
}
