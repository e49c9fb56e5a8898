package readiness.experiment.epoll;

import static readiness.kernel.Epoll.EPOLLEXCLUSIVE;
import static readiness.kernel.Epoll.EPOLLIN;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Group;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Setting;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.kernel.Linux;
import readiness.kernel.Sockets;

/** Eight threads wait for the same listener, in three ways. How many does a connection wake? */
final class ThunderingHerd implements Experiment {
  private static final int THREADS = 8;

  private static final long MILLISECOND = 1_000_000;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private static final String SHARED = "one listener";
  private static final String EXCLUSIVE = "one listener, EPOLLEXCLUSIVE";
  private static final String REUSE_PORT = "eight listeners, SO_REUSEPORT";

  private static final String SCHEDULED = "threads-woken";
  private static final String RETURNED = "returns-of-epoll_wait";
  private static final String IN_VAIN = "accepts-in-vain";
  private static final String MOST = "most-on-one-thread";

  private static final Description DESCRIPTION =
      new Description(
          "thundering-herd",
          "How many threads one new connection wakes",
          List.of(new Trial("03-epoll", "a new connection wakes one of the threads that wait")),
          "Eight threads wait, each in an epoll of its own, for the same listener. Clients connect,"
              + " one every millisecond. How many threads does each of them wake?",
          List.of("One: there is work for one.", "Two or three.", "Nearly all eight."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    int connections = setting.size().of(50, 200, 1_000);
    List<Row> rows = new ArrayList<>();
    for (String how : List.of(SHARED, EXCLUSIVE, REUSE_PORT)) {
      setting.at("%s, %,d connections".formatted(how, connections));
      rows.add(row(how, connections));
    }
    return new Table(
        "eight threads wait for",
        List.of(
            new Column(SCHEDULED, "threads woken for a connection"),
            new Column(RETURNED, "returns of epoll_wait"),
            new Column(IN_VAIN, "accepts in vain"),
            new Column(MOST, "most on one thread, %")),
        rows,
        List.of());
  }

  private static int listener(Linux sockets, InetSocketAddress address, boolean shared) {
    int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
    int fd = Pair.check("socket", sockets.socket(Sockets.AF_INET, type, 0));
    if (shared) {
      Pair.check(
          "SO_REUSEPORT", sockets.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1));
    }
    Pair.check("bind", sockets.bind(fd, address));
    Pair.check("listen", sockets.listen(fd, 128));
    return fd;
  }

  private static Row row(String how, int connections) throws Exception {
    Linux sockets = new Linux();
    List<Integer> listeners = new ArrayList<>();
    int stop = Pair.check("eventfd", sockets.eventfd(0, Sockets.EFD_CLOEXEC));
    List<Poller> pollers = new ArrayList<>();
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      boolean reuse = how.equals(REUSE_PORT);
      for (int i = 0; i < (reuse ? THREADS : 1); i++) {
        int fd = listener(sockets, address, reuse);
        listeners.add(fd);
        InetSocketAddress bound = sockets.getsockname(fd);
        address = bound == null ? address : bound;
      }
      int events = how.equals(EXCLUSIVE) ? EPOLLIN | EPOLLEXCLUSIVE : EPOLLIN;
      for (int i = 0; i < THREADS; i++) {
        pollers.add(new Poller(listeners.get(i % listeners.size()), events, stop));
      }
      for (Poller poller : pollers) {
        poller.awaitWaiting();
      }
      long before = switches(pollers);
      connect(sockets, address, connections, pollers);
      double woken = (double) (switches(pollers) - before) / connections;
      long returned = pollers.stream().mapToLong(Poller::returned).sum();
      long accepted = accepted(pollers);
      long most = pollers.stream().mapToLong(Poller::accepted).max().orElse(0);
      return new Row(
          how,
          Map.of(
              SCHEDULED,
              Value.exactly(woken),
              RETURNED,
              Value.exactly(returned),
              IN_VAIN,
              Value.exactly(returned - accepted),
              MOST,
              Value.exactly(100.0 * most / accepted)));
    } finally {
      try {
        Poller.stop(pollers, sockets, stop);
      } finally {
        listeners.forEach(sockets::close);
        sockets.close(stop);
      }
    }
  }

  /** One client every millisecond; each waits to be accepted, and closed, before the next. */
  private static void connect(
      Linux sockets, InetSocketAddress address, int connections, List<Poller> pollers) {
    long due = System.nanoTime();
    for (int i = 1; i <= connections; i++) {
      int fd =
          Pair.check(
              "socket",
              sockets.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC, 0));
      try {
        Pair.check("connect", sockets.connect(fd, address));
        due = Math.max(due + MILLISECOND, System.nanoTime());
        long end = System.nanoTime() + PATIENCE;
        do {
          LockSupport.parkNanos(due - System.nanoTime());
          if (System.nanoTime() - end > 0) {
            throw new IllegalStateException("a client was not accepted within 10 s");
          }
          due = Math.max(due, System.nanoTime() + MILLISECOND / 10);
        } while (accepted(pollers) < i);
      } finally {
        sockets.close(fd);
      }
    }
  }

  private static long accepted(List<Poller> pollers) {
    return pollers.stream().mapToLong(Poller::accepted).sum();
  }

  private static long switches(List<Poller> pollers) throws Exception {
    long switches = 0;
    for (Poller poller : pollers) {
      switches += poller.switches();
    }
    return switches;
  }

  @Override
  public Conclusion conclude(Table table) {
    double shared = table.row(SHARED).at(SCHEDULED);
    double exclusive = table.row(EXCLUSIVE).at(SCHEDULED);
    double reuse = table.row(REUSE_PORT).at(SCHEDULED);
    String because =
        ("With one listener each connection wakes %.1f of eight threads, with EPOLLEXCLUSIVE %.1f,"
                + " with a listener for each thread and SO_REUSEPORT %.1f.")
            .formatted(shared, exclusive, reuse);
    String right = shared < 1.5 ? "a" : shared < 4 ? "b" : "c";
    boolean herd = shared > 1.5 * Math.max(exclusive, reuse);
    return new Conclusion(right, herd ? Verdict.WRONG : Verdict.OPEN, because);
  }

  @Override
  public Chart chart(Table table) {
    return new BarChart(
        new Words(
            DESCRIPTION.id(),
            "How many of eight threads one new connection wakes",
            "Three bars. With one listener that all watch, nearly all are woken; with"
                + " EPOLLEXCLUSIVE or a listener for each, about one."),
        Axis.linear("threads woken for a connection"),
        List.of(
            new Group(
                "",
                table.rows().stream()
                    .map(row ->
                        new Bar(
                            row.label(),
                            row.values().get(SCHEDULED),
                            row.label().equals(SHARED) ? Colour.WARN : Colour.ACCENT))
                    .toList())),
        List.of(1.0));
  }
}
