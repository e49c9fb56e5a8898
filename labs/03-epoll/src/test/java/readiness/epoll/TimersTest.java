package readiness.epoll;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** What is to be done later: the wheel beside a list, the loop's waits, connections that idle. */
@Step("timers")
@Tag("timers")
final class TimersTest {
  private static final long TICK = WheelModel.TICK;

  /** What the levels of the wheel hold: 64 ticks, 64 times 64 of them, … */
  private static final int TURN = 64;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Story story = new Story();

  @Test
  @DisplayName("no timer is early, not by a nanosecond")
  void neverEarly() {
    for (long delay : new long[] {0, 1, 300_000, TICK - 1, TICK, TICK + 1, 40 * TICK - 1}) {
      WheelModel model = new WheelModel(story, 0);
      model.pass(TICK / 2);
      model.schedule(delay);
      for (int i = 0; i < 3 && model.size() > 0; i++) {
        model.wait("the loop");
      }
      story.expect(model.size() == 0, "handed out when the wait is over", "it is still there");
    }
  }

  @Test
  @DisplayName("a long timer is dealt down level by level, and neither lost nor early")
  void longTimers() {
    for (long level = TURN; level <= 5L * TURN * TURN * TURN; level *= TURN) {
      for (long ticks : new long[] {level - 1, level, level + 1, 3 * level + level / 2}) {
        WheelModel model = new WheelModel(story, 0);
        model.pass(30 * TICK);
        model.schedule(ticks * TICK);
        int waits = 0;
        while (model.size() > 0 && waits < 5) {
          model.wait("the loop");
          waits++;
        }
        story.expect(
            model.size() == 0, "5 waits at the most: one for each level, down to 0", "one more");
      }
    }
  }

  @Test
  @DisplayName("the clock goes round, and nothing comes of it")
  void clockGoesRound() {
    WheelModel model = new WheelModel(story, Long.MAX_VALUE - 50 * TICK);
    story.then("the clock is 50 ms before it goes round");
    for (long ticks : new long[] {20, 49, 51, 80, 5_000}) {
      model.schedule(ticks * TICK);
    }
    for (int i = 0; i < 10 && model.size() > 0; i++) {
      model.wait("the loop");
    }
    story.expect(model.size() == 0, "each of them handed out in 10 waits", model.size() + " left");
  }

  @Test
  @DisplayName("a timer that was cancelled leaves nothing, and nobody waits for it")
  void cancelled() {
    WheelModel model = new WheelModel(story, 0);
    model.schedule(20 * TICK);
    model.cancel(0);
    model.wait("the loop");
    model.schedule(20 * TICK);
    model.schedule(20 * TICK);
    model.schedule(5_000 * TICK);
    model.cancel(0);
    model.cancel(1);
    model.wait("the loop");
    model.wait("the loop");
  }

  @Test
  @DisplayName("whatever is done to the wheel, it does what a sorted list would")
  void seeds() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          // Half of them near the end of the clock, which goes round meanwhile.
          long distance = random.nextLong(1L << random.nextInt(1, 50));
          WheelModel model =
              new WheelModel(
                  new Story(20),
                  random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE - distance);
          for (int i = 0; i < 200; i++) {
            switch (random.nextInt(6)) {
              case 0, 1, 2 -> model.schedule(random.nextLong(1L << random.nextInt(1, 50)));
              case 3 -> {
                if (model.size() > 0) {
                  model.cancel(random.nextInt(model.size()));
                }
              }
              case 4 -> model.wait("the loop");
              default -> model.pass(random.nextLong(1L << random.nextInt(1, 46)));
            }
          }
          model.pass(1L << 51);
        });
  }

  @Test
  @DisplayName("a million timers, scheduled and cancelled: nothing is left, nothing was allocated")
  void million() {
    TimerWheel wheel = new TimerWheel(0);
    Random random = new Random(0);
    Timer[] timers = new Timer[1_000_000];
    for (int i = 0; i < timers.length; i++) {
      timers[i] = new Timer(wheel, () -> {});
      wheel.schedule(timers[i], 0, random.nextLong(60_000 * TICK));
    }
    story.then("1,000,000 timers are scheduled, each within a minute");
    story.expect(
        wheel.size() == timers.length,
        "as many in the wheel",
        "%,d timers in it".formatted(wheel.size()));
    for (Timer each : timers) {
      each.cancel();
    }
    story.then("all of them are cancelled");
    story.expect(wheel.size() == 0, "an empty wheel", "%,d timers in it".formatted(wheel.size()));
    story.expect(
        wheel.patience(0) == Long.MAX_VALUE, "nothing to wait for", "the loop is to wake up");
    long garbage =
        Allocations.perRun(
            1_000,
            1_000,
            () -> {
              wheel.schedule(timers[0], 0, 7 * TICK);
              wheel.schedule(timers[0], 0, 70_000 * TICK);
              timers[0].cancel();
            });
    story.expect(
        garbage == 0,
        "no memory taken to schedule a timer, again, and to cancel it",
        garbage + " bytes for each round");
  }

  @Test
  @DisplayName("the loop sleeps until something is due, and reads no clock without timers")
  void waits() {
    Simulation simulation = Simulation.seeded(0);
    Recording kernel = Recording.of(simulation, simulation);
    Clock clock = new Clock(simulation::nanoTime);
    try (EventLoop loop = Loops.of(kernel, kernel, clock, new SpareBuffers())) {
      // Each level on the way down costs a wait, and so does a millisecond of rounding.
      sleeps(simulation, kernel, loop, Duration.ofNanos(300_000), 2);
      sleeps(simulation, kernel, loop, Duration.ofMillis(5), 2);
      sleeps(simulation, kernel, loop, Duration.ofMillis(100), 3);
      sleeps(simulation, kernel, loop, Duration.ofSeconds(5), 4);
      sleeps(simulation, kernel, loop, Duration.ofMinutes(30), 5);
      clock.reads = 0;
      loop.execute(() -> {});
      loop.turn();
      story.expect(
          clock.reads == 0,
          "the clock left alone: nothing is scheduled",
          clock.reads + " readings of it");
    }
  }

  /** A single timer, and no more than {@code most} waits until it is run. */
  private static void sleeps(
      Simulation simulation, Recording kernel, EventLoop loop, Duration delay, int most) {
    Story story = new Story(kernel);
    boolean[] ran = {false};
    long due = simulation.nanoTime() + delay.toNanos();
    story.then("schedule(%,d µs)", delay.toNanos() / 1_000);
    loop.schedule(delay, () -> ran[0] = true);
    for (int waits = 0; !ran[0]; waits++) {
      story.expect(
          waits < most,
          "%d waits at the most, one for each level on the way down".formatted(most),
          "it has not run after that");
      loop.turn();
    }
    long late = simulation.nanoTime() - due;
    story.expect(late >= 0, "not before its time", "%,d ns too early".formatted(-late));
    story.expect(
        late <= 2 * TICK, "at most 2 ms late: a tick, and the calls", "%,d ns".formatted(late));
  }

  @Test
  @DisplayName("what is due together is run in one turn")
  void together() {
    Simulation simulation = Simulation.seeded(0);
    Recording kernel = Recording.of(simulation, simulation);
    Clock clock = new Clock(simulation::nanoTime);
    try (EventLoop loop = Loops.of(kernel, kernel, clock, new SpareBuffers())) {
      Story story = new Story(kernel);
      int[] ran = {0};
      int timers = 100;
      for (int i = 0; i < timers; i++) {
        loop.schedule(Duration.ofMillis(5), () -> ran[0]++);
      }
      story.then("%d timers are scheduled for 5 ms", timers);
      clock.reads = 0;
      loop.turn();
      story.expect(
          ran[0] == timers,
          "all %d run in one turn: another one would cost a wait".formatted(timers),
          "%d run in one turn".formatted(ran[0]));
      story.expect(
          clock.reads < 10,
          "what is due decided by the turn's time, which is read once and not for each timer",
          "the clock read %d times".formatted(clock.reads));
    }
  }

  /** Another one, and how often it is read. */
  private static final class Clock implements LongSupplier {
    private final LongSupplier other;
    int reads;

    Clock(LongSupplier other) {
      this.other = other;
    }

    @Override
    public long getAsLong() {
      reads++;
      return other.getAsLong();
    }
  }

  @Test
  @DisplayName("timers that schedule timers do not keep the loop from its connections")
  void turnsEnd() {
    Simulation simulation = Simulation.seeded(0);
    // Time stands still, so each of them is due at once.
    try (EventLoop loop = Loops.of(simulation, simulation, () -> 0, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer peer = simulation.peer("client").connect(SimulatedServer.ADDRESS).send("ping").expect(4);
      takesTurns(loop, () -> simulation.advance(Duration.ofSeconds(1)), peer::done);
    }
  }

  @Test
  @DisplayName("nor do they on the real kernel")
  void realTurnsEnd() throws IOException {
    Linux linux = new Linux();
    try (EventLoop loop = Loops.of(linux, new LinuxEpoll(), () -> 0, new SpareBuffers())) {
      InetSocketAddress address = linux.getsockname(loop.listen(ANY, 128, EchoServer::new));
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.getOutputStream().write('x');
        InputStream in = client.getInputStream();
        takesTurns(loop, () -> {}, () -> available(in) > 0);
      }
    }
  }

  private static int available(InputStream in) {
    try {
      return in.available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Turns a loop in which a timer is due at any time, until somebody is answered. */
  private void takesTurns(EventLoop loop, Runnable meanwhile, BooleanSupplier answered) {
    Again again = new Again(loop);
    again.run();
    int turns = 0;
    while (!answered.getAsBoolean()) {
      again.thisTurn = 0;
      meanwhile.run();
      loop.turn();
      turns++;
      story.then("turn %d: it was run %,d times", turns, again.thisTurn);
      story.expect(again.thisTurn > 0, "run in each turn: it is due", "it is not run");
      story.expect(turns < 20, "the client answered meanwhile", "no answer after 20 turns");
    }
  }

  /** A task that schedules itself, for now. */
  private final class Again implements Runnable {
    private final EventLoop loop;
    private int thisTurn;

    Again(EventLoop loop) {
      this.loop = loop;
      story.then("a task is run that schedules itself, for now");
    }

    @Override
    public void run() {
      story.expect(
          thisTurn < EventLoop.TIMERS,
          "a turn that ends: at most %d timers are run in it".formatted(EventLoop.TIMERS),
          "it goes on and on: one more is due each time");
      thisTurn++;
      loop.schedule(Duration.ZERO, this);
    }
  }

  @Test
  @DisplayName("what a timer throws reaches the caller, and the next one is run in the next turn")
  void throwing() {
    Simulation simulation = Simulation.seeded(0);
    throwing("simulated", simulation, simulation);
    throwing("real", new Linux(), new LinuxEpoll());
  }

  private static void throwing(String which, Sockets sockets, Epoll epoll) {
    long[] now = {0};
    try (EventLoop loop = Loops.of(sockets, epoll, () -> now[0], new SpareBuffers())) {
      List<String> run = new ArrayList<>();
      Story story = new Story().then("two timers on the %s kernel; the first one throws", which);
      loop.schedule(
          Duration.ofMillis(5),
          () -> {
            throw new IllegalStateException("a timer that fails");
          });
      loop.schedule(Duration.ofMillis(6), () -> run.add("second"));
      now[0] = 10 * TICK;
      String outcome = "the turn ends as if nothing had happened";
      try {
        loop.turn();
      } catch (IllegalStateException e) {
        outcome = String.valueOf(e.getMessage());
      }
      story.expect(
          outcome.equals("a timer that fails"),
          "the caller of turn hears of a timer that fails: nobody else could",
          outcome);
      loop.turn();
      story.expect(run.size() == 1, "the timer behind it run in the next turn", "it is not run");
    }
  }

  @Test
  @DisplayName("on the real kernel: what is due is run in one turn, up to the limit, by one clock")
  void realTogether() {
    long[] now = {0};
    Clock clock = new Clock(() -> now[0]);
    try (EventLoop loop = Loops.of(new Linux(), new LinuxEpoll(), clock, new SpareBuffers())) {
      int[] ran = {0};
      int timers = EventLoop.TIMERS + 100;
      for (int i = 0; i < timers; i++) {
        loop.schedule(Duration.ofMillis(5), () -> ran[0]++);
      }
      now[0] = 6 * TICK;
      clock.reads = 0;
      loop.turn();
      story.then("%d timers are due; a turn runs %d of them", timers, ran[0]);
      story.expect(
          ran[0] == EventLoop.TIMERS,
          "%d of them, which is the limit: then it is the connections' turn"
              .formatted(EventLoop.TIMERS),
          "%d of them".formatted(ran[0]));
      story.expect(
          clock.reads < 10,
          "what is due decided by the turn's time, which is read once and not for each timer",
          "the clock read %d times".formatted(clock.reads));
      loop.turn();
      story.expect(
          ran[0] == timers, "the other 100 in the next turn", "%d in all".formatted(ran[0]));
    }
  }

  @Test
  @DisplayName("a connection is closed when nothing has come or gone for the time of the limit")
  void silence() {
    try (Bench bench = new Bench(0)) {
      Peer peer = bench.server.peer("client").connect(SimulatedServer.ADDRESS);
      peer.send("hello").expect(5).expectEnd();
      bench.server.drive();
      bench.expectClosed();
      bench.server.expect(
          bench.failure == Errno.ETIMEDOUT,
          "the protocol told of ETIMEDOUT, and that it is closed",
          bench.failure == 0 ? "no reason" : Errno.name(bench.failure));
      bench.server.expectNobody();
    }
  }

  @Test
  @DisplayName("a busy connection lives on, and is closed when its silence has lasted long enough")
  void busy() {
    try (Bench bench = new Bench(0)) {
      Peer peer = bench.server.peer("client").connect(SimulatedServer.ADDRESS);
      for (int i = 0; i < 5; i++) {
        peer.send("hello").expect(5).pause(LIMIT.multipliedBy(3).dividedBy(5));
      }
      peer.send("bye").expect(3).expectEnd();
      bench.server.drive();
      bench.server.expectAll(peer, ("hello".repeat(5) + "bye").getBytes());
      bench.expectClosed();
    }
  }

  @Test
  @DisplayName("a request does not touch the wheel: the timer looks at the time when it is run")
  void oneTimer() {
    try (Bench bench = new Bench(0)) {
      int requests = 100;
      Peer peer = bench.server.peer("client").connect(SimulatedServer.ADDRESS);
      for (int i = 0; i < requests; i++) {
        peer.pause(Duration.ofMillis(10)).send("hello").expect(5);
      }
      while (!peer.done()) {
        bench.server.loop.turn();
      }
      TimerWheel wheel = bench.server.loop.timers();
      bench.server.expect(
          wheel.size() == 1, "one timer for a connection", wheel.size() + " timers in the wheel");
      Timer timer = bench.server.loop.timers().poll(bench.clock() + 2 * LIMIT.toNanos());
      long moved = timer == null ? -1 : timer.when - bench.begun - LIMIT.toMillis();
      bench.server.expect(
          moved >= 0 && moved <= 2,
          "the timer where it was put when the connection began: %d requests have not moved it"
              .formatted(requests),
          timer == null ? "no timer" : "it was put in again, %,d ms later".formatted(moved));
    }
  }

  @Test
  @DisplayName("an idle timer costs a request nothing: one recv, one send, and the turn's time")
  void costs() {
    Simulation simulation = Simulation.seeded(0);
    Clock clock = new Clock(simulation::nanoTime);
    try (SimulatedServer server =
        new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new, clock)) {
      server.loop.closeIdleAfter(LIMIT);
      List<Peer> peers = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        peers.add(server.peer("client " + i).connect(SimulatedServer.ADDRESS));
      }
      server.turn();
      int timers = server.loop.timers().size();
      server.expect(timers == 10, "a timer for each of 10 connections", timers + " timers");
      peers.getFirst().send("hello").expect(5);
      clock.reads = 0;
      server.turn();
      int forOne = clock.reads;
      peers.forEach(peer -> peer.send("hello").expect(5));
      clock.reads = 0;
      server.turn();
      server.expectCount("recv", 10, "one for each of 10 requests");
      server.expectCount("send", 10, "one for each answer");
      server.expectCount("epoll_ctl", 0, "nothing else is to be watched");
      server.expect(
          clock.reads == forOne,
          "10 requests of one turn read the clock as often as one does: %d times".formatted(forOne),
          "%d times: the turn's time was read already".formatted(clock.reads));
    }
  }

  @Test
  @DisplayName("at the limit itself the silence has lasted long enough")
  void atTheLimit() {
    Simulation simulation = Simulation.seeded(0);
    long[] now = {0};
    try (SimulatedServer server =
        new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new, () -> now[0])) {
      server.loop.closeIdleAfter(LIMIT);
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.turn();
      now[0] = LIMIT.toNanos();
      server.turn();
      server.meanwhile();
      server.expect(
          peer.sawEnd(),
          "the client hears the end: it has been silent for %,d ms, to the nanosecond"
              .formatted(LIMIT.toMillis()),
          "the connection is open");
    }
  }

  @Test
  @DisplayName("a timer may be so far away that its ticks need more than an int")
  void farAway() {
    for (Duration away : List.of(Duration.ofDays(25), Duration.ofDays(292 * 365))) {
      WheelModel model = new WheelModel(story, 0);
      model.schedule(away.toNanos());
      model.pass(TICK);
      for (int i = 0; i < 12 && model.size() > 0; i++) {
        model.wait("the loop");
      }
      story.expect(model.size() == 0, "handed out in its time", "it is still there");
    }
  }

  @Test
  @DisplayName("a slot is dealt with all that is in it")
  void slotOfSeveral() {
    WheelModel model = new WheelModel(story, 0);
    for (long ticks : new long[] {75, 70, 70, 127, 64}) {
      model.schedule(ticks * TICK);
    }
    story.then("all of them lie in slot 1 of level 1");
    for (int i = 0; i < 6 && model.size() > 0; i++) {
      model.wait("the loop");
    }
    story.expect(model.size() == 0, "each handed out in its time", model.size() + " left");
  }

  @Test
  @DisplayName("who reads slowly is not idle; who reads nothing is")
  void readers() {
    byte[] message = SimulatedServer.bytes(40_000, 0);
    try (Bench bench = new Bench(0)) {
      bench.server.loop.closeIdleAfter(Duration.ofMillis(5));
      Peer slow =
          bench
              .server
              .peer("slow reader")
              .window(4_096)
              .readsUpTo(500)
              .connect(SimulatedServer.ADDRESS)
              .send(message)
              .expect(message.length)
              .expectEnd();
      bench.server.drive();
      bench.server.expectAll(slow, message);
      Peer none =
          bench
              .server
              .peer("no reader")
              .window(4_096)
              .neverReads()
              .connect(SimulatedServer.ADDRESS)
              .send(message)
              .pause(Duration.ofMillis(10))
              .readsUpTo(Integer.MAX_VALUE)
              .expectEnd();
      bench.server.drive();
      bench.server.expect(
          none.received().length < message.length,
          "given up before it has read all: for 5 ms nothing went",
          "it got everything");
      bench.server.expectNobody();
    }
  }

  @Test
  @DisplayName("a connection that is closed leaves no timer")
  void closedBefore() {
    try (Bench bench = new Bench(0)) {
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        peers.add(bench.server.peer("client " + i).connect(SimulatedServer.ADDRESS));
      }
      bench.server.drive();
      int begun = bench.server.loop.timers().size();
      bench.server.expect(begun == 20, "a timer for each of 20 connections", begun + " timers");
      peers.forEach(peer -> peer.send("hello").expect(5).halfClose().expectEnd());
      bench.server.drive();
      int left = bench.server.loop.timers().size();
      bench.server.expect(left == 0, "20 connections closed, no timer left", left + " left");
    }
  }

  @Test
  @DisplayName("whoever is silent for too long is closed, and nobody else")
  void seedsOfSilence() {
    Fault[] menu = {
      Fault.PARTIAL_READS, Fault.PARTIAL_WRITES, Fault.EINTR, Fault.HALF_CLOSES, Fault.EVENT_ORDER
    };
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          try (Bench bench = new Bench(seed, menu)) {
            List<Peer> peers = new ArrayList<>();
            List<String> answers = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
              Peer peer = bench.server.peer("client " + i).connect(SimulatedServer.ADDRESS);
              StringBuilder answer = new StringBuilder();
              long pause = 0;
              for (int word = random.nextInt(5); word >= 0 && pause < LIMIT.toMillis(); word--) {
                peer.send("hello").expect(5);
                answer.append("hello");
                // Nobody can tell whose time it is at the limit itself.
                pause = random.nextLong(2 * LIMIT.toMillis());
                pause += Math.abs(pause - LIMIT.toMillis()) < 50 ? 100 : 0;
                peer.pause(Duration.ofMillis(pause));
              }
              peers.add(pause < LIMIT.toMillis() ? peer.halfClose().expectEnd() : peer.send("!"));
              answers.add(answer.toString());
            }
            bench.server.drive();
            for (int i = 0; i < peers.size(); i++) {
              bench.server.expectAll(peers.get(i), answers.get(i).getBytes());
            }
            bench.server.expectNobody();
          }
        });
  }

  /** An echo server that closes who is idle, on a clock that goes round soon. */
  private static final class Bench implements AutoCloseable {
    final SimulatedServer server;

    /** In ticks of the loop's wheel, when it was ready. */
    final long begun;

    private final Simulation simulation;
    private final long offset;
    private long lastByte;
    private long closed;
    private int failure;

    Bench(long seed, Fault... menu) {
      simulation = Simulation.seeded(seed, menu);
      offset = Long.MAX_VALUE - LIMIT.toNanos() * 13 / 10;
      server = new SimulatedServer(simulation, Trigger.LEVEL, Watched::new, this::clock);
      server.loop.closeIdleAfter(LIMIT);
      begun = simulation.nanoTime() / TICK;
    }

    long clock() {
      return offset + simulation.nanoTime();
    }

    /** Echoes, and writes down when. */
    private final class Watched implements Protocol {
      @Override
      public long received(Connection connection, MemorySegment input, long from, long to) {
        lastByte = simulation.nanoTime();
        connection.send(input, from, to - from);
        return to - from;
      }

      @Override
      public void failed(int errno) {
        failure = errno;
      }

      @Override
      public void closed() {
        closed = simulation.nanoTime();
      }
    }

    void expectClosed() {
      long silence = closed - lastByte;
      server.expect(
          silence >= LIMIT.toNanos() - TICK && silence <= LIMIT.toNanos() + 3 * TICK,
          "closed when it has been silent for %,d ms, and at most 3 ms later"
              .formatted(LIMIT.toMillis()),
          closed == 0 ? "it is open" : "closed after %,d ms".formatted(silence / TICK));
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  @DisplayName("on the real kernel: the silent client hears the end, the other one its answer")
  void realClients() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    long[] now = {Long.MAX_VALUE - LIMIT.toNanos()};
    try (EventLoop loop = Loops.of(kernel, kernel, () -> now[0], new SpareBuffers())) {
      Story story = new Story(kernel);
      loop.closeIdleAfter(LIMIT);
      InetSocketAddress address = kernel.getsockname(loop.listen(ANY, 128, EchoServer::new));
      try (Socket silent = new Socket(address.getAddress(), address.getPort());
          Socket busy = new Socket(address.getAddress(), address.getPort())) {
        busy.setSoTimeout(1_000);
        silent.setSoTimeout(1_000);
        loop.turn();
        for (int i = 0; i < 3; i++) {
          now[0] += LIMIT.toNanos() * 2 / 5;
          story.then("%d ms later one of two clients says something", 2 * LIMIT.toMillis() / 5);
          busy.getOutputStream().write('x');
          loop.turn();
          String answer = heard(busy.getInputStream());
          story.expect(answer.equals("'x'"), "its answer: it is busy", answer);
        }
        String heard = heard(silent.getInputStream());
        story.expect(
            heard.equals("the end"),
            "the other one hears the end: it has been silent for %,d ms"
                .formatted(3 * 2 * LIMIT.toMillis() / 5),
            "it hears " + heard);
      }
    }
  }

  @Test
  @DisplayName("on the real kernel: a request reads no clock and leaves the idle timer alone")
  void realCosts() throws IOException {
    Linux linux = new Linux();
    long[] now = {0};
    Clock clock = new Clock(() -> now[0]);
    try (EventLoop loop = Loops.of(linux, new LinuxEpoll(), clock, new SpareBuffers())) {
      loop.closeIdleAfter(LIMIT);
      InetSocketAddress address = linux.getsockname(loop.listen(ANY, 128, EchoServer::new));
      List<Socket> clients = new ArrayList<>();
      try {
        for (int i = 0; i < 5; i++) {
          clients.add(new Socket(address.getAddress(), address.getPort()));
        }
        loop.turn();
        now[0] = LIMIT.toNanos() / 2;
        long forOne = readings(loop, clients.subList(0, 1), clock);
        long forAll = readings(loop, clients, clock);
        story.then("the clock is read %d times in a turn with 1 request", forOne);
        story.expect(
            forAll == forOne,
            "as often in a turn with 5: when something has come is the turn's time",
            "%d times".formatted(forAll));
        int left = 0;
        for (Timer each = loop.timers().poll(3 * LIMIT.toNanos());
            each != null;
            each = loop.timers().poll(3 * LIMIT.toNanos())) {
          left++;
          story.expect(
              each.when == LIMIT.toMillis(),
              "each timer where it was put when its connection began",
              "put in again, %,d ms later".formatted(each.when - LIMIT.toMillis()));
        }
        story.expect(left == 5, "5 timers for 5 connections", left + " timers");
      } finally {
        for (Socket each : clients) {
          each.close();
        }
      }
    }
  }

  /** How often the clock is read in a turn in which some clients are answered. */
  private static int readings(EventLoop loop, List<Socket> clients, Clock clock)
      throws IOException {
    for (Socket each : clients) {
      each.getOutputStream().write('x');
    }
    clock.reads = 0;
    loop.turn();
    int readings = clock.reads;
    for (Socket each : clients) {
      each.setSoTimeout(1_000);
      heard(each.getInputStream());
    }
    return readings;
  }

  private static String heard(InputStream in) throws IOException {
    try {
      int heard = in.read();
      return heard == -1 ? "the end" : "'" + (char) heard + "'";
    } catch (SocketTimeoutException e) {
      return "nothing";
    }
  }

  @Test
  @DisplayName("on the real clock: not early, and only what was not cancelled")
  void realClock() {
    try (EventLoop loop =
        Loops.of(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      List<Long> ran = new ArrayList<>();
      long begun = System.nanoTime();
      Timer cancelled = loop.schedule(Duration.ofMillis(2), () -> ran.add(0L));
      for (long millis : new long[] {15, 5, 1}) {
        loop.schedule(Duration.ofMillis(millis), () -> ran.add(millis));
      }
      cancelled.cancel();
      story.then("timers for 1, 5 and 15 ms, and one for 2 that is cancelled");
      for (int turns = 0; loop.timers().size() > 0; turns++) {
        story.expect(turns < 20, "all of them run", "%s run after 20 turns".formatted(ran));
        loop.turn();
      }
      long passed = System.nanoTime() - begun;
      story.expect(
          ran.equals(List.of(1L, 5L, 15L)), "those for 1, 5 and 15 ms, in this order", "" + ran);
      story.expect(passed >= 15 * TICK, "15 ms have passed, at least", "%,d ns".formatted(passed));
    }
  }
}
