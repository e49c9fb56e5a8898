package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The last calls, in arrays that go round, so that recording allocates nothing. They become text
 * only when somebody asks for it.
 */
final class Trace {
  /** Of one wait, how many events are kept. */
  private static final int EVENTS = 8;

  private final int capacity;
  private final Call[] calls;
  private final long[] begun;
  private final long[] times;
  private final int[] descriptors;
  private final long[] arguments;
  private final long[] results;
  private final @Nullable Object[] details;
  private final @Nullable String[] peers;
  private final int[] eventDescriptors;
  private final int[] eventFlags;
  private long count;

  Trace(int capacity) {
    this.capacity = capacity;
    calls = new Call[capacity];
    begun = new long[capacity];
    times = new long[capacity];
    descriptors = new int[capacity];
    arguments = new long[capacity];
    results = new long[capacity];
    details = new @Nullable Object[capacity];
    peers = new @Nullable String[capacity];
    eventDescriptors = new int[capacity * EVENTS];
    eventFlags = new int[capacity * EVENTS];
  }

  /**
   * Writes a call down.
   *
   * @param begin when it was made
   * @param time when it came back
   * @param argument the one that a reader wants to see: a length, a flag, a time
   * @param detail an address, or a remark that stands behind the result, or of getsockopt what
   *     stands in its place
   */
  void add(
      Call call,
      long begin,
      long time,
      int fd,
      long argument,
      long result,
      @Nullable Object detail) {
    int at = (int) (count++ % capacity);
    calls[at] = call;
    begun[at] = begin;
    times[at] = time;
    descriptors[at] = fd;
    arguments[at] = argument;
    results[at] = result;
    details[at] = detail;
    peers[at] = null;
  }

  /** The peer that the last call was about. */
  void peer(@Nullable String name) {
    peers[(int) ((count - 1) % capacity)] = name;
  }

  /** Writes down one event of the wait whose {@link #add} comes next. */
  void event(int index, int fd, int flags) {
    if (index < EVENTS) {
      int at = (int) (count % capacity) * EVENTS + index;
      eventDescriptors[at] = fd;
      eventFlags[at] = flags;
    }
  }

  /** Writes down what a peer did. */
  void note(long time, String peer, String action) {
    add(Call.NOTE, time, time, 0, 0, 0, action);
    peer(peer);
  }

  void clear() {
    count = 0;
  }

  /** The last {@code n}, oldest first. */
  List<Recording.Entry> tail(int n) {
    List<Recording.Entry> entries = new ArrayList<>();
    long from = Math.max(0, count - Math.min(n, capacity));
    for (long i = from; i < count; i++) {
      int at = (int) (i % capacity);
      entries.add(entry(at));
    }
    return entries;
  }

  private Recording.Entry entry(int at) {
    return new Recording.Entry(
        begun[at],
        times[at],
        calls[at],
        descriptors[at],
        arguments[at],
        results[at],
        events(at),
        peers[at],
        line(at));
  }

  private List<Recording.Event> events(int at) {
    if (calls[at] != Call.EPOLL_WAIT) {
      return List.of();
    }
    List<Recording.Event> events = new ArrayList<>();
    for (int i = at * EVENTS; i < at * EVENTS + Math.min(results[at], EVENTS); i++) {
      events.add(new Recording.Event(eventDescriptors[i], eventFlags[i]));
    }
    return events;
  }

  private String line(int at) {
    Object detail = details[at];
    if (calls[at] == Call.NOTE) {
      return peers[at] + " " + detail;
    }
    String call = calls[at].manual() + "(" + arguments(at) + ") → ";
    if (detail instanceof String text) {
      return call + (calls[at] == Call.GETSOCKOPT ? text : result(at) + "     " + text);
    }
    return call + result(at);
  }

  /** The value that getsockopt has read, if it is SO_ERROR; null otherwise. */
  static @Nullable String error(int level, int name, MemorySegment value, int result) {
    if (level != Sockets.SOL_SOCKET || name != Sockets.SO_ERROR || result < Integer.BYTES) {
      return null;
    }
    int error = value.get(JAVA_INT_UNALIGNED, 0);
    return error == 0 ? "0" : Errno.name(error);
  }

  private String arguments(int at) {
    int fd = descriptors[at];
    long argument = arguments[at];
    return switch (calls[at]) {
      case RECV, READ -> fd + ", ≤ " + number(argument);
      case SEND, WRITE -> fd + ", " + number(argument);
      case ACCEPT4, GETSOCKNAME, GETPEERNAME, CLOSE, DUP -> String.valueOf(fd);
      case BIND, CONNECT ->
          fd + (details[at] instanceof InetSocketAddress to ? ", " + address(to) : "");
      case LISTEN -> fd + ", " + number(argument);
      case SHUTDOWN -> fd + ", " + shutdown((int) argument);
      case SETSOCKOPT, GETSOCKOPT -> fd + ", " + option((int) (argument >> 32), (int) argument);
      case EPOLL_CTL_ADD -> "ADD, " + fd + ", " + EventFlags.names((int) argument);
      case EPOLL_CTL_MOD -> "MOD, " + fd + ", " + EventFlags.names((int) argument);
      case EPOLL_CTL_DEL -> "DEL, " + fd;
      case EPOLL_WAIT -> number(argument);
      case SOCKET, EVENTFD, PIPE2, EPOLL_CREATE1, NOTE -> "";
    };
  }

  private String result(int at) {
    long result = results[at];
    if (result == Recording.BLOCKS) {
      return "blocks";
    }
    if (result == Recording.NEVER_RETURNS) {
      return "(nothing will ever come)";
    }
    if (result == Recording.UNDER_WAY) {
      return "…";
    }
    if (result < 0) {
      return "−" + Errno.name((int) result);
    }
    return calls[at] == Call.EPOLL_WAIT ? events(at, (int) result) : number(result);
  }

  private String events(int at, int events) {
    if (events == 0) {
      return "no event";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(events, EVENTS); i++) {
      text.append(i == 0 ? "fd " : ", fd ").append(eventDescriptors[at * EVENTS + i]);
      text.append(' ').append(EventFlags.words(eventFlags[at * EVENTS + i]));
    }
    return events <= EVENTS ? text.toString() : text + " and " + (events - EVENTS) + " more";
  }

  private static String shutdown(int how) {
    return switch (how) {
      case Sockets.SHUT_RD -> "SHUT_RD";
      case Sockets.SHUT_WR -> "SHUT_WR";
      case Sockets.SHUT_RDWR -> "SHUT_RDWR";
      default -> String.valueOf(how);
    };
  }

  private static String option(int level, int name) {
    if (level == Sockets.IPPROTO_TCP && name == Sockets.TCP_NODELAY) {
      return "TCP_NODELAY";
    }
    if (level != Sockets.SOL_SOCKET) {
      return level + ":" + name;
    }
    return switch (name) {
      case Sockets.SO_REUSEADDR -> "SO_REUSEADDR";
      case Sockets.SO_REUSEPORT -> "SO_REUSEPORT";
      case Sockets.SO_TYPE -> "SO_TYPE";
      case Sockets.SO_ERROR -> "SO_ERROR";
      case Sockets.SO_SNDBUF -> "SO_SNDBUF";
      case Sockets.SO_RCVBUF -> "SO_RCVBUF";
      case Sockets.SO_LINGER -> "SO_LINGER";
      default -> "SOL_SOCKET:" + name;
    };
  }

  private static String address(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** With thousands apart, and a real minus. */
  static String number(long number) {
    String text = String.format(Locale.ROOT, "%,d", Math.abs(number));
    return number < 0 ? "−" + text : text;
  }
}
