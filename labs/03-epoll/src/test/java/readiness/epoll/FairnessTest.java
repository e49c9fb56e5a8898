package readiness.epoll;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Fault;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Some have a thousand messages, others have one: who is served when, and that everyone is. */
@Step("fairness")
@Tag("fairness")
final class FairnessTest {
  private static final Fault[] MENU = {
    Fault.PARTIAL_READS,
    Fault.PARTIAL_WRITES,
    Fault.SPURIOUS_EAGAIN,
    Fault.SPURIOUS_READINESS,
    Fault.EINTR,
    Fault.HALF_CLOSES,
    Fault.EVENT_ORDER
  };

  /** How many messages a firehose has: so many that fit into one read, and far beyond a budget. */
  private static final int MANY = 2_000;

  private static final int BUDGET = Connection.OFFERS;

  /** A server of messages, its clients, and whose turn it was when. */
  private static final class Bench implements AutoCloseable {
    final Turns turns;
    final SimulatedServer server;

    Bench(Trigger trigger, Turns turns, Turns.Service service) {
      this.turns = turns;
      server = new SimulatedServer(trigger, () -> turns.each(service));
    }

    /** Each message is sent back. */
    Bench(Trigger trigger) {
      this(trigger, new Turns(), Turns.ECHO);
    }

    /** Somebody connects and is let in. */
    Peer client(String name) {
      Peer peer = server.peer(name).connect(SimulatedServer.ADDRESS);
      server.drive();
      return peer;
    }

    /** Bytes arrive, behind those of others that were said before. */
    void says(Peer peer, byte[] bytes) {
      peer.send(bytes);
      server.meanwhile();
    }

    void turn() {
      turns.turn(server.loop);
    }

    /** Everyone gets back what it has said, and then the connection ends. */
    void expectEchoes(Peer peer, byte[] said) {
      peer.expect(said.length - peer.received().length).halfClose().expectEnd();
      server.simulation.drive(this::turn);
      server.expectAll(peer, said);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  @DisplayName("a protocol that takes one message at a time gets all of them")
  void oneAtATime() {
    oneAtATime(Trigger.LEVEL);
  }

  static void oneAtATime(Trigger trigger) {
    try (Bench bench = new Bench(trigger)) {
      Peer peer = bench.client("client");
      byte[] messages = Turns.messages('a', 100);
      bench.says(peer, messages);
      bench.expectEchoes(peer, messages);
    }
  }

  @Test
  @DisplayName("a ping beside a firehose waits for a few messages, not for all of them")
  void ping() {
    ping(Trigger.LEVEL);
  }

  static void ping(Trigger trigger) {
    try (Bench bench = new Bench(trigger)) {
      Peer firehose = bench.client("firehose");
      Peer ping = bench.client("ping");
      bench.says(firehose, Turns.messages('f', MANY));
      bench.says(ping, Turns.messages('p', 1));
      bench.turn();
      int before = bench.turns.before('p', 'f');
      bench.turns.expect(
          before <= BUDGET,
          "at most %d messages of f before the one of p: their events come with the same wait"
              .formatted(BUDGET),
          bench.turns.of('p') == 0 ? "p is not served at all" : "%,d messages".formatted(before));
      bench.expectEchoes(ping, Turns.messages('p', 1));
      bench.expectEchoes(firehose, Turns.messages('f', MANY));
    }
  }

  @Test
  @DisplayName("a ping that comes while a firehose is served is heard after a few messages as well")
  void pingInBetween() {
    pingInBetween(Trigger.LEVEL);
  }

  static void pingInBetween(Trigger trigger) {
    try (Bench bench = new Bench(trigger)) {
      Peer firehose = bench.client("firehose");
      Peer ping = bench.client("ping");
      bench.says(firehose, Turns.messages('f', MANY));
      int pings = 10;
      for (int i = 1; i <= pings; i++) {
        bench.turn();
        int most = i == 1 ? 2 * BUDGET : BUDGET;
        int served = bench.turns.inLastTurn('f');
        bench.turns.expect(
            served <= most,
            "at most %d messages of f in %s, which only then looks for others again"
                .formatted(most, i == 1 ? "the turn of its event, twice the budget" : "one turn"),
            "%,d messages".formatted(served));
        bench.turns.expect(
            bench.turns.of('p') == i - 1,
            "p served in the turn after it came, while f had messages left",
            "%d of %d messages of p".formatted(bench.turns.of('p'), i - 1));
        bench.says(ping, Turns.messages('p', 1));
      }
      bench.expectEchoes(firehose, Turns.messages('f', MANY));
    }
  }

  @Test
  @DisplayName("several firehoses take turns, and each has its turn in each turn of the loop")
  void severalTakeTurns() {
    severalTakeTurns(Trigger.LEVEL);
  }

  static void severalTakeTurns(Trigger trigger) {
    try (Bench bench = new Bench(trigger)) {
      char[] names = {'a', 'b', 'c'};
      int messages = 10 * BUDGET;
      List<Peer> peers = new ArrayList<>();
      for (char each : names) {
        peers.add(bench.client("firehose " + each));
      }
      for (int i = 0; i < names.length; i++) {
        bench.says(peers.get(i), Turns.messages(names[i], messages));
      }
      for (int i = 0; i < 5; i++) {
        bench.turn();
        for (char each : names) {
          bench.turns.expect(
              bench.turns.of(each) == bench.turns.of(names[0]),
              "as many messages of %s as of %s: both have more than enough of them"
                  .formatted(each, names[0]),
              "%,d and %,d".formatted(bench.turns.of(each), bench.turns.of(names[0])));
        }
      }
      for (int i = 0; i < names.length; i++) {
        bench.expectEchoes(peers.get(i), Turns.messages(names[i], messages));
      }
    }
  }

  @Test
  @DisplayName("put off more than once, a connection goes on once")
  void once() {
    once(Trigger.LEVEL);
  }

  static void once(Trigger trigger) {
    try (Bench bench = new Bench(trigger)) {
      Peer peer = bench.client("client");
      byte[] messages = Turns.messages('a', MANY);
      bench.says(peer, messages);
      bench.turn();
      for (int i = 0; i < 3; i++) {
        bench.server.loop.putOff(bench.turns.connection('a'));
      }
      bench.turn();
      int served = bench.turns.inLastTurn('a');
      bench.turns.expect(
          served == BUDGET,
          "%d messages in turn 2: asked to put it off once more and more, the loop has it go on once"
              .formatted(BUDGET),
          "%,d messages".formatted(served));
      bench.expectEchoes(peer, messages);
    }
  }

  @Test
  @DisplayName("to be put off once more costs the same, however many others are put off")
  void onceMoreIsCheap() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, EchoServer::new)) {
      int all = 10_000;
      int few = 10;
      long among = onceMore(server.loop, 1, all);
      long apart = onceMore(server.loop, all / few, few);
      new Story()
          .then("%,d connections are put off, each of them 2 times", all)
          .then("the second time took %,d ns for all of them together", among)
          .then("the same, where only %d wait in one place, took %,d ns", few, apart)
          .expect(
              among < 50 * apart,
              "about as long: whether one is put off already, it knows by itself",
              "%,d times as long, for %,d times as many"
                  .formatted(among / Math.max(1, apart), all / few));
    }
  }

  /** Nanoseconds in which all channels of some {@link PutOff} are put off that were so before. */
  private static long onceMore(EventLoop loop, int places, int channels) {
    List<PutOff> all = new ArrayList<>();
    List<Listener> each = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      all.add(new PutOff());
    }
    for (int i = 0; i < places * channels; i++) {
      each.add(new Listener(i, 0, loop, EchoServer::new));
      all.get(i / channels).add(each.getLast());
    }
    long fastest = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long begun = System.nanoTime();
      for (int i = 0; i < each.size(); i++) {
        all.get(i / channels).add(each.get(i));
      }
      fastest = Math.min(fastest, System.nanoTime() - begun);
    }
    if (all.stream().anyMatch(PutOff::isEmpty)) {
      throw new Story()
          .then("%,d channels are put off in each of %,d places", channels, places)
          .finding("somebody put off in each of them", "nobody in one of them");
    }
    return fastest;
  }

  @Test
  @DisplayName("whose answer waits to be sent is not asked for the next one")
  void leftAlone() {
    leftAlone(Trigger.LEVEL);
  }

  static void leftAlone(Trigger trigger) {
    int answer = 100_000;
    long[] most = {0};
    MemorySegment page = Arena.ofAuto().allocate(answer);
    Turns turns = new Turns();
    Turns.Service talkative =
        (connection, _, _) -> {
          connection.send(page, 0, answer);
          most[0] = Math.max(most[0], connection.unsent());
        };
    try (Bench bench = new Bench(trigger, turns, talkative)) {
      Peer peer = bench.server.neverReader().send(Turns.messages('a', 5));
      bench.server.drive();
      turns.expect(
          most[0] <= answer,
          "at most the %,d bytes of one answer kept, as long as the peer reads nothing"
              .formatted(answer),
          "%,d bytes kept".formatted(most[0]));
      peer.readsUpTo(65_536).expect(5L * answer).halfClose().expectEnd();
      bench.server.drive();
    }
  }

  @Test
  @DisplayName("after its last word a protocol is not asked for another one")
  void lastWord() {
    lastWord(Trigger.LEVEL);
  }

  static void lastWord(Trigger trigger) {
    for (boolean atOnce : new boolean[] {false, true}) {
      Turns turns = new Turns();
      Turns.Service curt =
          (connection, _, _) -> {
            if (turns.of('a') == 3 && atOnce) {
              connection.close();
            } else if (turns.of('a') == 3) {
              connection.closeWhenSent();
            }
          };
      try (Bench bench = new Bench(trigger, turns, curt)) {
        Peer peer = bench.client("client");
        bench.says(peer, Turns.messages('a', 5));
        bench.turn();
        turns.expect(
            turns.of('a') == 3,
            "3 messages: at the third one the protocol calls %s"
                .formatted(atOnce ? "close" : "closeWhenSent"),
            "%d messages".formatted(turns.of('a')));
        peer.expectEnd().halfClose();
        bench.server.drive();
        bench.server.expectNobody();
      }
    }
  }

  @Test
  @DisplayName("the end is told after all that came before it, also if that was put off")
  void endComesLast() {
    endComesLast(Trigger.LEVEL);
  }

  static void endComesLast(Trigger trigger) {
    int count = 100;
    int first = 20_000;
    MemorySegment page = Arena.ofAuto().allocate(first);
    Turns turns = new Turns();
    // The first answer is long. While it waits to be sent, all is received that follows: the end
    // as well.
    Turns.Service service =
        (connection, _, _) -> connection.send(page, 0, turns.of('a') == 1 ? first : 1);
    try (Bench bench = new Bench(trigger, turns, service)) {
      Peer peer =
          bench.server.slowReader().send(Turns.messages('a', count)).halfClose().expectEnd();
      bench.server.simulation.drive(bench::turn);
      turns.expect(
          turns.of('a') == count && peer.received().length == first + count - 1,
          "all %d messages served, and only then the end".formatted(count),
          "%d messages served, %,d bytes of answers"
              .formatted(turns.of('a'), peer.received().length));
      bench.server.expectNobody();
    }
  }

  @Test
  @DisplayName("who was closed after being put off does not go on, nor does who has its number now")
  void closedMeanwhile() {
    closedMeanwhile(Trigger.LEVEL);
  }

  static void closedMeanwhile(Trigger trigger) {
    for (boolean reused : new boolean[] {false, true}) {
      Turns turns = new Turns();
      Turns.Service service =
          (connection, message, from) -> {
            if (turns.of('b') > 0) {
              turns.connection('a').close();
            }
            connection.send(message, from, Turns.SIZE);
          };
      try (Bench bench = new Bench(trigger, turns, service)) {
        Peer firehose = bench.client("firehose");
        Peer closer = bench.client("closer");
        bench.says(firehose, Turns.messages('a', MANY));
        bench.says(closer, Turns.messages('b', 1));
        Peer newcomer = bench.server.peer("newcomer");
        if (reused) {
          newcomer.connect(SimulatedServer.ADDRESS);
          bench.server.meanwhile();
        }
        bench.server.simulation.drive(bench::turn);
        turns.expect(
            turns.of('a') == BUDGET,
            "%d messages of a: then it was put off, and closed when b was served".formatted(BUDGET),
            "%,d messages".formatted(turns.of('a')));
        if (reused) {
          bench.says(newcomer, Turns.messages('c', 1));
          bench.expectEchoes(newcomer, Turns.messages('c', 1));
        }
      }
    }
  }

  @Test
  @DisplayName("all are served, and nobody more than a few at a time, whatever the kernel does")
  void seeds() {
    seeds(Trigger.LEVEL);
  }

  static void seeds(Trigger trigger) {
    // What waits, what is received, and what goes on at the end of a turn. Edge-triggered, more
    // than once is received, each time less than a budget.
    int most = 2 * BUDGET * (trigger == Trigger.EDGE ? 1 + Connection.READS : 2);
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          Turns turns = new Turns();
          List<Peer> peers = new ArrayList<>();
          List<byte[]> messages = new ArrayList<>();
          try (SimulatedServer server =
              new SimulatedServer(seed, trigger, () -> turns.each(Turns.ECHO), MENU)) {
            for (char name = 'a'; name <= 'a' + random.nextInt(4); name++) {
              byte[] said = Turns.messages(name, 1 + random.nextInt(400));
              messages.add(said);
              peers.add(
                  server
                      .peer("client " + name)
                      .window(4_096 + random.nextInt(SimulatedServer.NARROW))
                      .readsUpTo(1 + random.nextInt(4_000))
                      .connect(SimulatedServer.ADDRESS)
                      .send(said)
                      .halfClose()
                      .expectEnd());
            }
            server.simulation.drive(() -> {
              turns.turn(server.loop);
              for (char name = 'a'; name < 'a' + peers.size(); name++) {
                int served = turns.inLastTurn(name);
                if (served > most) {
                  throw turns.finding(
                      "at most %d messages of one client in one turn".formatted(most),
                      "%,d messages of %s".formatted(served, name));
                }
              }
            });
            for (int i = 0; i < peers.size(); i++) {
              server.expectAll(peers.get(i), messages.get(i));
            }
            server.expectNobody();
          }
        });
  }

  @Test
  @DisplayName("on the real kernel: a ping beside a firehose, again and again")
  void realFirehose() throws IOException {
    realFirehose(Trigger.LEVEL);
  }

  static void realFirehose(Trigger trigger) throws IOException {
    Linux linux = new Linux();
    Turns turns = new Turns();
    try (EventLoop loop =
        Loops.of(linux, new LinuxEpoll(), System::nanoTime, new SpareBuffers(), trigger)) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      InetSocketAddress address =
          linux.getsockname(loop.listen(any, 128, () -> turns.each(Turns.ECHO)));
      try (Socket firehose = new Socket(address.getAddress(), address.getPort());
          Socket ping = new Socket(address.getAddress(), address.getPort())) {
        firehose.getOutputStream().write(Turns.messages('f', MANY));
        int pings = 0;
        // Each round has a ping, so the loop has something to wait for, whatever it has forgotten.
        while (turns.of('f') < MANY && pings < MANY) {
          ping.getOutputStream().write(Turns.messages('p', 1));
          pings++;
          do {
            turns.turn(loop);
            turns.expect(
                turns.inLastTurn('f') <= 2 * BUDGET,
                "at most %d messages of f between two waits".formatted(2 * BUDGET),
                "%,d messages".formatted(turns.inLastTurn('f')));
          } while (turns.of('p') < pings);
        }
        turns.expect(
            turns.of('f') == MANY,
            "all %,d messages of f served meanwhile".formatted(MANY),
            "%,d messages after %,d pings".formatted(turns.of('f'), pings));
      }
    }
  }
}
