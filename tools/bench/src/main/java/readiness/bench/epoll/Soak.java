package readiness.bench.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import readiness.bench.Display;
import readiness.bench.ResultFile;
import readiness.bench.Settings;
import readiness.bench.Stopped;
import readiness.measure.Respondent;

/**
 * An echo server with few descriptors, and for some time clients that do what clients do:
 * half-close, reset, read slowly or never. Now and then there are more of them than the server has
 * descriptors. Then they leave, and everything must be as it was before.
 */
final class Soak {
  /** How many descriptors the server may have open, its own included. */
  static final int DESCRIPTORS = 512;

  /** How many clients there are at a time, when there is room for them, and when there is not. */
  private static final int CALM = 64;

  private static final int CROWD = DESCRIPTORS + 200;

  /** With more clients than this the server may be out of descriptors. */
  private static final int ROOM = DESCRIPTORS - 150;

  /** How long after a crowd the server may still have to turn clients away. */
  private static final long AFTERMATH_NANOS = 5_000_000_000L;

  /** In each of them it is calm first, then crowded. */
  private static final long LONGEST_WAVE_NANOS = 10_000_000_000L;

  /** A loop that has nothing to do wants less than that of the time; one that spins, all of it. */
  private static final double MOST_WANTED = 0.5;

  /** For so long the server's threads are watched at a time. */
  private static final long LOOK_MILLIS = 250;

  /** So often, until there is a time when it wants less: its JVM's compiler may be at work. */
  private static final int LOOKS = 20;

  /** So often in a row the same number, 50 ms apart, before it counts as settled. */
  private static final int SETTLED = 20;

  /**
   * One thing that must hold.
   *
   * @param what what it is about
   * @param seen what was seen
   * @param holds whether that is as it must be
   */
  record Check(String what, String seen, boolean holds) {}

  private final Respondent server;
  private final Display display;
  private final int looks;
  private final InetSocketAddress address;
  private final Tally tally = new Tally();
  private final AtomicInteger present = new AtomicInteger();
  private long number;
  private int mostDescriptors;
  private long mostResident;
  private volatile long lastCrowd = System.nanoTime() - AFTERMATH_NANOS;

  /** Of a server that has just been started; the first line that it prints is its port. */
  Soak(Respondent server, Display display) {
    this(server, display, LOOKS);
  }

  /** As above, with so many looks for a time when the server wants no processor. */
  Soak(Respondent server, Display display, int looks) {
    this.server = server;
    this.display = display;
    this.looks = looks;
    address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(server.line()));
  }

  /**
   * Runs, shows and writes.
   *
   * @throws Stopped if something does not hold
   */
  static void run(Settings settings, Display display) throws IOException, InterruptedException {
    Duration duration = Duration.ofMillis(Math.round(settings.seconds() * 1000));
    Contender contender = Setup.of(settings).ours();
    display.line(" " + Served.machine());
    display.line(
        " %s's echo server with %d descriptors · %d to %d clients · %s"
            .formatted(
                contender.label(),
                DESCRIPTORS,
                CALM,
                CROWD,
                Display.duration(duration.toMillis() / 1000.0)));
    try (Respondent server = contender.start(contender.jvm().limitedTo(DESCRIPTORS), Work.ECHO)) {
      Soak soak = new Soak(server, display);
      List<Check> checks = soak.run(duration);
      soak.show(checks);
      ResultFile report = new ResultFile("soak", Served.machine(), Served.FLAGS);
      report.put("server", contender.label());
      report.put("seconds", duration.toMillis() / 1000.0);
      report.put("descriptors", DESCRIPTORS);
      report.put("clients", soak.lines());
      report.put("checks", checks);
      report.put("faults", soak.tally.faults());
      report.write(settings.json(), display);
      if (!checks.stream().allMatch(Check::holds)) {
        throw new Stopped(Stopped.FAILS, "not everything held, see above.");
      }
    }
  }

  /** Lets the clients come and go for so long, then looks at what is left. */
  List<Check> run(Duration duration) throws InterruptedException {
    greet();
    int descriptors = settled();
    long resident = server.proc().residentBytes();
    letThemCome(duration.toNanos());
    List<Check> checks = new ArrayList<>();
    checks.add(none("wrong bytes", Visit.Ending.WRONG, ""));
    checks.add(none("cut off", Visit.Ending.CUT_OFF, ""));
    String excused = "; %,d while it was out of descriptors".formatted(tally.excused());
    checks.add(none("turned away", Visit.Ending.TURNED_AWAY, excused));
    checks.addAll(fillUp());
    checks.add(spare("when all have left"));
    checks.add(leaked(descriptors));
    checks.add(
        new Check(
            "resident memory",
            "%,d MiB before, %,d at most".formatted(resident >> 20, mostResident >> 20),
            true));
    boolean answers = answersAll();
    checks.add(new Check("still answering", answers ? "yes" : "no", answers));
    return checks;
  }

  /** One client of each manner, so that what a server opens once is open. */
  private void greet() throws InterruptedException {
    for (Manner manner : Manner.values()) {
      start(manner, number++);
    }
    awaitAll();
  }

  private void letThemCome(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    long wave = Math.min(LONGEST_WAVE_NANOS, nanos / 2);
    for (long now = start; now - start < nanos; now = System.nanoTime()) {
      boolean crowd = (now - start) % wave > wave * 6 / 10;
      while (present.get() < (crowd ? CROWD : CALM)) {
        start(Manner.of(number), number++);
      }
      if (present.get() > ROOM) {
        lastCrowd = now;
      }
      look();
      display.progress(
          "%,d clients have come, %d are here".formatted(tally.visits(), present.get()),
          (double) (now - start) / nanos);
      Thread.sleep(10);
    }
    awaitAll();
  }

  /** Each comes to an end: what it waits for comes within its patience, or not at all. */
  private void awaitAll() throws InterruptedException {
    while (present.get() > 0) {
      display.progress("waiting for %d clients to leave".formatted(present.get()), 1);
      Thread.sleep(10);
    }
  }

  private void start(Manner manner, long client) {
    present.incrementAndGet();
    Thread.startVirtualThread(() -> {
      long came = System.nanoTime();
      try {
        Visit visit = new Visitor(address, manner, client).visit();
        tally.add(visit, lastCrowd - came > -AFTERMATH_NANOS);
      } finally {
        present.decrementAndGet();
      }
    });
  }

  private void look() {
    mostDescriptors = Math.max(mostDescriptors, server.proc().descriptors().size());
    mostResident = Math.max(mostResident, server.proc().residentBytes());
  }

  private Check none(String what, Visit.Ending ending, String more) {
    long count = tally.count(ending);
    return new Check(what, "%,d%s".formatted(count, more), count == 0);
  }

  /** Takes all descriptors that the server has, and looks at how it bears that. */
  private List<Check> fillUp() throws InterruptedException {
    display.progress("taking all of its descriptors", 1);
    List<Check> checks = new ArrayList<>();
    try (Socket friend = new Socket();
        Crowd crowd = new Crowd()) {
      friend.connect(address);
      boolean before = Crowd.isServed(friend);
      crowd.come(address, DESCRIPTORS);
      checks.add(spare("when it is full"));
      boolean meanwhile = Crowd.isServed(friend);
      checks.add(
          new Check(
              "and who is connected",
              meanwhile ? "is served" : "is not served",
              before && meanwhile));
    } catch (IOException e) {
      checks.add(new Check("when it is full", e.getMessage(), false));
    }
    return checks;
  }

  /** Whether the server's process wants next to no processor time when there is nothing to do. */
  private Check spare(String when) throws InterruptedException {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < looks && least > MOST_WANTED; i++) {
      double before = server.proc().wantedSeconds();
      Thread.sleep(LOOK_MILLIS);
      double wanted = server.proc().wantedSeconds() - before;
      least = Math.min(least, wanted * 1000 / LOOK_MILLIS);
    }
    String seen = String.format(Locale.ROOT, "wants the processor for %.2f s in a second", least);
    return new Check(when, seen, least <= MOST_WANTED);
  }

  private Check leaked(int before) throws InterruptedException {
    int after = settled();
    int leaked = Math.max(0, after - before);
    return new Check(
        "leaked descriptors",
        "%d: %d before, %d at most, %d after".formatted(leaked, before, mostDescriptors, after),
        leaked == 0);
  }

  /** How many descriptors the server has open once that does not change any more. */
  private int settled() throws InterruptedException {
    int last = -1;
    int same = 0;
    while (same < SETTLED) {
      int now = server.proc().descriptors().size();
      same = now == last ? same + 1 : 0;
      last = now;
      Thread.sleep(50);
    }
    return last;
  }

  private boolean answersAll() {
    boolean all = true;
    for (int i = 0; i < 10; i++) {
      Visit visit = new Visitor(address, Manner.CHATS, number++).visit();
      all &= visit.ending() == Visit.Ending.WELL;
    }
    return all;
  }

  private void show(List<Check> checks) {
    display.line();
    display.line(
        " %-48s%10s%12s%16s".formatted("clients that", "number", "sent KiB", "right back KiB"));
    for (Manner each : Manner.values()) {
      Tally.Line line = tally.line(each);
      display.line(
          "   %-46s%,10d%,12d%,16d"
              .formatted(each.words(), line.visits(), line.sent() >> 10, line.received() >> 10));
    }
    display.line();
    for (Check each : checks) {
      display.line(" %s %-24s%s".formatted(each.holds() ? "✓" : "✗", each.what(), each.seen()));
    }
    tally.faults().forEach(each -> display.line("   " + each));
    display.line();
  }

  private Map<String, Tally.Line> lines() {
    Map<String, Tally.Line> lines = new LinkedHashMap<>();
    for (Manner each : Manner.values()) {
      lines.put(each.words(), tally.line(each));
    }
    return lines;
  }
}
