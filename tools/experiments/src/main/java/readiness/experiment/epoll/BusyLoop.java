package readiness.experiment.epoll;

import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** A loop with one idle connection, watched for room to write in three ways. */
final class BusyLoop implements Experiment {
  private static final String ARMED = "level-triggered, EPOLLOUT left armed";
  private static final String NEEDED = "level-triggered, EPOLLOUT only while needed";
  private static final String EDGE = "edge-triggered, both from the start";

  private static final String WAKE_UPS = "wake-ups-a-second";
  private static final String CPU = "cpu-millis-a-second";

  private static final Description DESCRIPTION =
      new Description(
          "busy-loop",
          "What an idle connection costs that is watched for room to write",
          List.of(
              new Trial(
                  "03-epoll",
                  "register each connection for reading and for writing, then nothing is"
                      + " missed")),
          "A connection has nothing to send, and its peer is silent. It is registered for EPOLLIN |"
              + " EPOLLOUT, level-triggered. How often does epoll_wait return in a second?",
          List.of(
              "Not at all.",
              "Once or twice.",
              "Some hundred times.",
              "As often as the processor can ask."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  /**
   * Turns a loop round an idle connection.
   *
   * @param events what to watch for
   * @param disarm whether to stop watching for room once there is nothing to send
   */
  private static Row turn(String label, int events, boolean disarm, int millis) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    LinuxEpoll epoll = new LinuxEpoll();
    int epfd = Pair.check("epoll_create1", epoll.create(Epoll.EPOLL_CLOEXEC));
    try (Pair pair = Pair.connect()) {
      EventArray array = new EventArray(16);
      Pair.check("epoll_ctl", epoll.add(epfd, pair.server(), events, 0));
      long wakeUps = 0;
      long cpu = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      long end = start + millis * 1_000_000L;
      for (long left = end - start; left > 0; left = end - System.nanoTime()) {
        int patience = (int) Math.ceilDiv(left, 1_000_000L);
        int ready =
            Pair.check("epoll_wait", epoll.await(epfd, array.memory(), array.capacity(), patience));
        if (ready > 0) {
          wakeUps++;
          if (disarm && (array.events(0) & EPOLLOUT) != 0) {
            Pair.check("epoll_ctl", epoll.modify(epfd, pair.server(), EPOLLIN, 0));
          }
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double used = (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
      return new Row(
          label,
          Map.of(WAKE_UPS, Value.exactly(wakeUps / seconds), CPU, Value.exactly(used / seconds)));
    } finally {
      epoll.close(epfd);
    }
  }

  @Override
  public Table measure(Setting setting) {
    int millis = setting.size().of(200, 1_000, 1_000);
    List<Row> rows = new ArrayList<>();
    setting.at("an idle connection, EPOLLOUT left armed");
    rows.add(turn(ARMED, EPOLLIN | EPOLLOUT, false, millis));
    setting.at("the same, armed only while needed");
    rows.add(turn(NEEDED, EPOLLIN | EPOLLOUT, true, millis));
    setting.at("the same, edge-triggered");
    rows.add(turn(EDGE, EPOLLIN | EPOLLOUT | EPOLLET, false, millis));
    return new Table(
        "how it is watched",
        List.of(
            new Column(WAKE_UPS, "wake-ups in a second"),
            new Column(CPU, "ms of processor time in a second")),
        rows,
        List.of());
  }

  @Override
  public Conclusion conclude(Table table) {
    double armed = table.row(ARMED).at(WAKE_UPS);
    double needed = table.row(NEEDED).at(WAKE_UPS);
    double edge = table.row(EDGE).at(WAKE_UPS);
    String right = armed < 0.5 ? "a" : armed < 10 ? "b" : armed < 5_000 ? "c" : "d";
    String because =
        ("Level-triggered and left armed, an idle connection woke the loop %,.0f times in a second"
                + " and kept the processor busy for %.0f ms of it. Armed only while needed it was"
                + " %.0f, edge-triggered %.0f: there both may be registered from the start.")
            .formatted(armed, table.row(ARMED).at(CPU), needed, edge);
    boolean quiet = Math.max(needed, edge) < 20;
    return new Conclusion(right, right.equals("d") && quiet ? Verdict.HALF : Verdict.OPEN, because);
  }

  @Override
  public Chart chart(Table table) {
    return BarChart.of(
        new Words(
            DESCRIPTION.id(),
            "How often an idle connection wakes the loop",
            "Horizontal bars on a logarithmic axis. Left armed, it is as often as the processor can"
                + " ask; otherwise once."),
        Axis.logarithmic("wake-ups in a second"),
        table.rows().stream()
            .map(row ->
                new Bar(
                    row.label(),
                    row.values().get(WAKE_UPS),
                    row.label().equals(ARMED) ? Colour.WARN : Colour.ACCENT))
            .toList());
  }
}
