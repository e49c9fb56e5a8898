package readiness.timeline;

import java.util.ArrayList;
import java.util.List;
import readiness.kernel.Call;
import readiness.kernel.Epoll;

/** One row of the picture: a descriptor, from when it is there until it is closed. */
final class Lane {
  /** What it is a row for. */
  enum Kind {
    /** The epoll, and with it the waits of the loop. */
    WAITS,
    LISTENER,
    /** The eventfd by which another thread ends a wait. */
    WAKE_UP,
    CONNECTION,
    /** What is none of these, or has not become one. */
    OTHER
  }

  /** Flags at a time: what a wait reported, or what is asked for from then on. */
  record Flags(long time, int flags) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  /** How many bytes had been received and not sent on when a turn of the loop ended. */
  record Kept(long time, long bytes) {}

  /** The flags that say so. */
  static final int ENDS = Epoll.EPOLLERR | Epoll.EPOLLHUP | Epoll.EPOLLRDHUP;

  /** Stands for flags of a descriptor that is not registered. */
  static final int NOT_WATCHED = -1;

  private final int fd;
  private Kind kind;
  private String name;
  private final List<Line> calls = new ArrayList<>();
  private final List<Line> notes = new ArrayList<>();
  private final List<Flags> reports = new ArrayList<>();
  private final List<Flags> watched = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private final long from;
  private long to = Long.MAX_VALUE;
  private long bytesIn;
  private long bytesOut;

  Lane(Kind kind, String name, int fd, long from) {
    this.kind = kind;
    this.name = name;
    this.fd = fd;
    this.from = from;
  }

  /** A call has succeeded which tells what this is. */
  void becomes(Call call) {
    switch (call) {
      case LISTEN -> becomes(Kind.LISTENER, "listener");
      case CONNECT -> becomes(Kind.CONNECTION, "connection");
      case EPOLL_CTL_ADD -> {
        if (name.equals("eventfd")) {
          becomes(Kind.WAKE_UP, "wake-up");
        }
      }
      default -> {}
    }
  }

  private void becomes(Kind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  void add(Line line) {
    calls.add(line);
    if (line.receives()) {
      bytesIn += line.bytes();
    } else if (line.sends()) {
      bytesOut += line.bytes();
    }
    if (line.entry().result() == 0) {
      follow(line.call(), (int) line.entry().argument(), line.entry().nanoTime());
    }
  }

  private void follow(Call call, int flags, long time) {
    switch (call) {
      case EPOLL_CTL_ADD, EPOLL_CTL_MOD -> watched.add(new Flags(time, flags));
      case EPOLL_CTL_DEL -> watched.add(new Flags(time, NOT_WATCHED));
      case CLOSE -> {
        watched.add(new Flags(time, NOT_WATCHED));
        to = time;
      }
      default -> {}
    }
  }

  /** The loop waits again: what it has not passed on by now, it keeps. */
  void turnEnds(long time) {
    long bytes = Math.max(0, bytesIn - bytesOut);
    if (bytes != (kept.isEmpty() ? 0 : kept.getLast().bytes)) {
      kept.add(new Kept(time, bytes));
    }
  }

  void note(Line line) {
    notes.add(line);
  }

  void reported(long time, int flags) {
    reports.add(new Flags(time, flags));
  }

  Kind kind() {
    return kind;
  }

  /** A peer's name, or what it is. */
  String name() {
    return name;
  }

  /** Its number; -1 for a client that never got one. */
  int fd() {
    return fd;
  }

  List<Line> calls() {
    return calls;
  }

  /** What its peer did. */
  List<Line> notes() {
    return notes;
  }

  /** What waits reported of it, each at the end of the wait. */
  List<Flags> reports() {
    return reports;
  }

  /** What it was watched for, from a time on. */
  List<Flags> watched() {
    return watched;
  }

  /** Bytes received and not sent on, from one turn of the loop to the next, after each change. */
  List<Kept> kept() {
    return kept;
  }

  /** The most of them. */
  long mostKept() {
    return kept.stream().mapToLong(Kept::bytes).max().orElse(0);
  }

  /** When the descriptor came to be. */
  long from() {
    return from;
  }

  /** When it was closed; {@link Long#MAX_VALUE} if it was not. */
  long to() {
    return to;
  }

  boolean isClosed() {
    return to != Long.MAX_VALUE;
  }

  long bytesIn() {
    return bytesIn;
  }

  long bytesOut() {
    return bytesOut;
  }

  /** How often something was sent and not all of it taken. */
  long partial() {
    return calls.stream().filter(Line::isPartial).count();
  }

  long count(Call call) {
    return calls.stream().filter(line -> line.call() == call).count();
  }

  /** How often it was told to the kernel what to watch it for. */
  long controls() {
    return count(Call.EPOLL_CTL_ADD) + count(Call.EPOLL_CTL_MOD) + count(Call.EPOLL_CTL_DEL);
  }

  /** Whether a wait has reported that the other side is done, or gone. */
  boolean sawEnd() {
    return reports.stream().anyMatch(each -> each.has(ENDS));
  }
}
