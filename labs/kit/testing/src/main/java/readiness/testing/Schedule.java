package readiness.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which threads did what, as a reader can follow it. It is read from Lincheck's
 * report, a table with a column for each thread and calls indented below their callers. Only the
 * lines of the test's own package are kept: how a queue of the JDK works inside is not the reader's
 * concern.
 */
final class Schedule {
  private static final String BEGIN = "Detailed trace:";

  /** {@code tasks.poll(): null at Mailbox.run(Mailbox.java:62)}. */
  private static final Pattern EVENT =
      Pattern.compile("(.*) at ([\\w$]+)[\\w$.<>]*\\((\\w+\\.java:\\d+)\\)(?: \\[.*])?");

  private static final Pattern RESULT = Pattern.compile("(.*\\)): (.*)");
  private static final Pattern UNTOLD =
      Pattern.compile(".*<init>.*|loop\\(.*|<iteration .*|List\\.of\\(.*");

  /** What a thread did in the test's package, at one place of a source. */
  private static final class Line {
    final int thread;

    /** In columns of the report. */
    final int depth;

    /** In calls of the test's package. */
    final int level;

    final String call;
    final String place;

    /** Empty for a call whose own lines follow: it returns after them. */
    String result;

    /** Whether it has gone on in code that is not shown. */
    boolean inside;

    Line(int thread, int depth, int level, String call, String result, String place) {
      this.thread = thread;
      this.depth = depth;
      this.level = level;
      this.call = call;
      this.result = result;
      this.place = place;
    }

    String text() {
      return "  ".repeat(level) + call + result;
    }

    /** The rest of a call that another thread came between; leaves its beginning. */
    Line cut() {
      Line rest = new Line(thread, depth, level, "… " + call, result, place);
      result = " …";
      return rest;
    }
  }

  private final List<String> names;
  private final Class<?> test;
  private final List<Line> lines = new ArrayList<>();

  /** The calls that each thread is in. */
  private final Map<Integer, Deque<Line>> stacks = new HashMap<>();

  /** The rests of calls, by the thread that has yet to go on. */
  private final Map<Integer, Line> rests = new HashMap<>();

  private Schedule(List<String> names, Class<?> test) {
    this.names = names;
    this.test = test;
  }

  /**
   * The lines of a trace.
   *
   * @param report Lincheck's message
   * @param names what to call the threads of its columns
   * @param test the class that tells the story
   */
  static List<String> read(String report, List<String> names, Class<?> test) {
    Schedule schedule = new Schedule(names, test);
    List<String> rows =
        report
            .substring(Math.max(0, report.indexOf(BEGIN)))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
            .toList();
    if (!rows.isEmpty()) {
      List<Integer> borders = borders(rows.getFirst());
      // Rows of another length are broken: a string in them has more than one line.
      rows.stream()
          .skip(1)
          .filter(row -> row.length() == rows.getFirst().length())
          .forEach(row -> schedule.row(row, borders));
    }
    return schedule.trace();
  }

  private static List<Integer> borders(String header) {
    List<Integer> borders = new ArrayList<>();
    for (int at = header.indexOf('|'); at >= 0; at = header.indexOf('|', at + 1)) {
      borders.add(at);
    }
    return borders;
  }

  private void row(String row, List<Integer> borders) {
    for (int thread = 0; thread < borders.size() - 1; thread++) {
      String cell = row.substring(borders.get(thread) + 2, borders.get(thread + 1)).stripTrailing();
      if (!cell.isEmpty()) {
        event(thread, cell.length() - cell.stripLeading().length(), cell.strip());
      }
    }
  }

  private void event(int thread, int depth, String text) {
    Deque<Line> stack = stacks.computeIfAbsent(thread, _ -> new ArrayDeque<>());
    while (!stack.isEmpty() && stack.peek().depth >= depth) {
      stack.pop();
    }
    Line caller = stack.peek();
    if (text.startsWith("switch")) {
      if (caller != null && caller.inside) {
        rests.put(thread, caller.cut());
      }
      return;
    }
    Line rest = rests.remove(thread);
    if (rest != null) {
      lines.add(rest);
    }
    Matcher event = EVENT.matcher(text);
    if (!event.matches() || UNTOLD.matcher(text).matches()) {
      return;
    }
    if (!isOurs(event.group(2))) {
      if (caller != null) {
        caller.inside = true;
      }
      return;
    }
    if (caller != null) {
      caller.result = "";
    }
    Matcher result = RESULT.matcher(event.group(1));
    boolean returns = result.matches();
    Line line =
        new Line(
            thread,
            depth,
            stack.size(),
            words(returns ? result.group(1) : event.group(1)),
            returns ? " → " + result.group(2) : "",
            event.group(3));
    lines.add(line);
    stack.push(line);
  }

  private static String words(String call) {
    return call.replace('➜', '→')
        .replace("MONITORENTER", "enters synchronized")
        .replace("MONITOREXIT", "leaves synchronized");
  }

  /** Whether a class, or the class round it, is of the test's package. */
  private boolean isOurs(String outermost) {
    try {
      String name = test.getPackageName() + "." + outermost;
      return Class.forName(name, false, test.getClassLoader()) != Interleavings.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private List<String> trace() {
    int name = width(names);
    int column = width(lines.stream().map(Line::text).toList());
    String format = "%-" + name + "s  %-" + column + "s   %s";
    return lines.stream()
        .map(line -> format.formatted(names.get(line.thread), line.text(), line.place))
        .toList();
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }
}
