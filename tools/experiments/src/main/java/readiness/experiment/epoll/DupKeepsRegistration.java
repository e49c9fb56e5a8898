package readiness.experiment.epoll;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.epoll.EventArray;
import readiness.epoll.LinuxEpoll;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Setting;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.Linux;
import readiness.kernel.Sockets;

/** A descriptor with something to read is closed in several ways. Who still hears of it? */
final class DupKeepsRegistration implements Experiment {
  private static final String NOTHING = "nothing is done after an event";
  private static final String CLOSED = "closed";
  private static final String DUP_LIVES = "closed, a duplicate lives";
  private static final String TOO_LATE = "the same, then removed";
  private static final String REMOVED = "removed, then closed, a duplicate lives";
  private static final String BOTH = "closed, and the duplicate too";

  private static final String REPORTED = "reported-in-ten-waits";
  private static final String RESULT = "result-of-removing";
  private static final int WAITS = 10;

  private static final Description DESCRIPTION =
      new Description(
          "dup-keeps-registration",
          "Who hears of a descriptor that is closed",
          List.of(
              new Trial(
                  "03-epoll",
                  "after each event the descriptor must be taken out of the epoll, since closing"
                      + " it does not do that")),
          "A descriptor is registered, and there is something to read. It is duplicated with dup,"
              + " then the first number is closed. What does epoll_wait report?",
          List.of(
              "Nothing: the number is closed.",
              "An event with the first number's token, at every wait.",
              "−EBADF."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  /** An eventfd that is ready to be read, in an epoll, and perhaps a duplicate of it. */
  private static final class Watched implements AutoCloseable {
    private final Linux sockets = new Linux();
    private final LinuxEpoll epoll = new LinuxEpoll();
    private final EventArray events = new EventArray(4);
    private final int epfd = Pair.check("epoll_create1", epoll.create(Epoll.EPOLL_CLOEXEC));
    private final int fd =
        Pair.check("eventfd", sockets.eventfd(1, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC));

    /** Who is open. */
    private final Set<Integer> open = new HashSet<>(Set.of(fd));

    Watched() {
      Pair.check("epoll_ctl", epoll.add(epfd, fd, Epoll.EPOLLIN, fd));
    }

    int duplicate() {
      int duplicate = Pair.check("dup", sockets.dup(fd));
      open.add(duplicate);
      return duplicate;
    }

    void close(int which) {
      open.remove(which);
      Pair.check("close", sockets.close(which));
    }

    int remove() {
      return epoll.remove(epfd, fd);
    }

    int reported() {
      int reported = 0;
      for (int i = 0; i < WAITS; i++) {
        reported +=
            Pair.check("epoll_wait", epoll.await(epfd, events.memory(), events.capacity(), 0));
      }
      return reported;
    }

    @Override
    public void close() {
      open.forEach(sockets::close);
      epoll.close(epfd);
    }
  }

  /** What is done to it; {@code removing} takes what removing it from the epoll said. */
  @FunctionalInterface
  private interface Deed {
    void apply(Watched watched, IntConsumer removing);
  }

  private static Row row(String label, Deed deed) {
    try (Watched watched = new Watched()) {
      Map<String, Value> values = new HashMap<>();
      deed.apply(watched, result -> values.put(RESULT, Value.exactly(result)));
      values.put(REPORTED, Value.exactly(watched.reported()));
      return new Row(label, values);
    }
  }

  @Override
  public Table measure(Setting setting) {
    setting.at("six ways to let go");
    return new Table(
        "what was done",
        List.of(
            new Column(REPORTED, "events in %d waits".formatted(WAITS)),
            new Column(RESULT, "what EPOLL_CTL_DEL returned")),
        List.of(
            row(NOTHING, (_, _) -> {}),
            row(CLOSED, (watched, _) -> watched.close(watched.fd)),
            row(
                DUP_LIVES,
                (watched, _) -> {
                  watched.duplicate();
                  watched.close(watched.fd);
                }),
            row(
                TOO_LATE,
                (watched, removing) -> {
                  watched.duplicate();
                  watched.close(watched.fd);
                  removing.accept(watched.remove());
                }),
            row(
                REMOVED,
                (watched, removing) -> {
                  watched.duplicate();
                  removing.accept(watched.remove());
                  watched.close(watched.fd);
                }),
            row(
                BOTH,
                (watched, _) -> {
                  int duplicate = watched.duplicate();
                  watched.close(watched.fd);
                  watched.close(duplicate);
                })),
        List.of());
  }

  @Override
  public Conclusion conclude(Table table) {
    double kept = table.row(NOTHING).at(REPORTED);
    double closed = table.row(CLOSED).at(REPORTED);
    double duplicated = table.row(DUP_LIVES).at(REPORTED);
    double late = table.row(TOO_LATE).at(RESULT);
    double removed = table.row(REMOVED).at(REPORTED);
    String because =
        ("In %d waits, a descriptor that is left registered is reported %.0f times, a closed one"
             + " %.0f times. With a duplicate alive the closed one is still reported, %.0f times,"
             + " and removing it then says %s. Removed first, it is reported %.0f times.")
            .formatted(
                WAITS,
                kept,
                closed,
                duplicated,
                late == 0 ? "0" : "−" + Errno.name((int) late),
                removed);
    boolean decided = kept == WAITS && closed == 0 && late == -Errno.EBADF && removed == 0;
    String right = duplicated == WAITS ? "b" : "a";
    return new Conclusion(
        right, decided && right.equals("b") ? Verdict.WRONG : Verdict.OPEN, because);
  }

  @Override
  public Chart chart(Table table) {
    return BarChart.of(
        new Words(
            DESCRIPTION.id(),
            "Events of a descriptor that was let go",
            "Horizontal bars. Nothing is reported once the last number is closed, or once it was"
                + " removed; as long as a duplicate lives, closing is not enough."),
        Axis.linear("events in %d waits".formatted(WAITS)),
        table.rows().stream()
            .map(row -> new Bar(row.label(), row.values().get(REPORTED), colour(row.label())))
            .toList());
  }

  private static Colour colour(String label) {
    return label.equals(DUP_LIVES) || label.equals(TOO_LATE) ? Colour.WARN : Colour.ACCENT;
  }
}
