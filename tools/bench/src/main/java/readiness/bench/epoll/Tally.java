package readiness.bench.epoll;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many visits there were, and how they ended. May be used by many threads. */
final class Tally {
  /** So many faults are kept in words. */
  private static final int WORDS = 5;

  /** What all clients of one manner came to. */
  record Line(long visits, long sent, long received) {
    static final Line NONE = new Line(0, 0, 0);

    Line plus(Visit visit) {
      return new Line(visits + 1, sent + visit.sent(), received + visit.received());
    }
  }

  private final Map<Manner, Line> lines = new EnumMap<>(Manner.class);
  private final Map<Visit.Ending, Long> endings = new EnumMap<>(Visit.Ending.class);
  private final List<String> faults = new ArrayList<>();
  private long excused;

  /**
   * Takes down a visit.
   *
   * @param full whether the server had no descriptors left while it took place; then it may turn
   *     clients away
   */
  synchronized void add(Visit visit, boolean full) {
    lines.merge(visit.manner(), Line.NONE.plus(visit), (old, _) -> old.plus(visit));
    if (visit.ending() == Visit.Ending.TURNED_AWAY && full) {
      excused++;
      return;
    }
    endings.merge(visit.ending(), 1L, Long::sum);
    if (visit.ending() != Visit.Ending.WELL && faults.size() < WORDS) {
      faults.add(
          "clients that %s: %s, %s"
              .formatted(
                  visit.manner().words(),
                  visit.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  visit.detail()));
    }
  }

  synchronized Line line(Manner manner) {
    return lines.getOrDefault(manner, Line.NONE);
  }

  synchronized long visits() {
    return lines.values().stream().mapToLong(Line::visits).sum();
  }

  /** How many ended so, those not counted that were turned away while the server was full. */
  synchronized long count(Visit.Ending ending) {
    return endings.getOrDefault(ending, 0L);
  }

  /** How many were turned away while the server was full. */
  synchronized long excused() {
    return excused;
  }

  /** The first of those that did not end well, in words. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }
}
