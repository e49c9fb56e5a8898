package readiness.timeline;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Errno;
import readiness.kernel.EventFlags;
import readiness.kernel.Recording;
import readiness.kernel.Sockets;

/**
 * Calls in the manner of strace(1). An ellipsis stands for what a recording does not keep: the
 * bytes, and arguments that are always the same.
 */
final class Strace {
  private Strace() {}

  /** The call and its result; of a note, its words. */
  static String of(Line line) {
    Recording.Entry entry = line.entry();
    return line.isNote()
        ? entry.text()
        : entry.call().manual() + "(" + arguments(entry) + ") = " + result(entry);
  }

  private static String arguments(Recording.Entry entry) {
    int fd = entry.fd();
    long argument = entry.argument();
    return switch (entry.call()) {
      case RECV, SEND, READ, WRITE -> fd + ", …, " + argument;
      case LISTEN -> fd + ", " + argument;
      case SHUTDOWN -> fd + ", " + how((int) argument);
      case CLOSE, DUP -> String.valueOf(fd);
      case EPOLL_CTL_ADD, EPOLL_CTL_MOD ->
          "…, %s, %d, {%s}".formatted(entry.call(), fd, EventFlags.names((int) argument));
      case EPOLL_CTL_DEL -> "…, %s, %d, NULL".formatted(entry.call(), fd);
      case EPOLL_WAIT -> "%d, %s, …, %d".formatted(fd, events(entry), argument);
      case ACCEPT4, BIND, CONNECT, GETSOCKNAME, GETPEERNAME, SETSOCKOPT, GETSOCKOPT ->
          fd + rest(entry.text());
      case SOCKET, EVENTFD, PIPE2, EPOLL_CREATE1, NOTE -> "…";
    };
  }

  /** What stands behind the descriptor in the kit's own words: an address, an option. */
  private static String rest(String text) {
    int comma = text.indexOf(", ");
    int end = text.indexOf(") →");
    return comma > 0 && comma < end ? text.substring(comma, end) : ", …";
  }

  private static String how(int how) {
    return switch (how) {
      case Sockets.SHUT_RD -> "SHUT_RD";
      case Sockets.SHUT_WR -> "SHUT_WR";
      default -> "SHUT_RDWR";
    };
  }

  private static String events(Recording.Entry wait) {
    List<Recording.Event> events = wait.events();
    String more = wait.result() > events.size() ? ", …" : "";
    return events.stream()
            .map(event -> "{%s, fd=%d}".formatted(EventFlags.names(event.flags()), event.fd()))
            .collect(Collectors.joining(", ", "[", ""))
        + more
        + "]";
  }

  private static String result(Recording.Entry entry) {
    if (!entry.returned()) {
      return "?";
    }
    if (entry.result() >= 0) {
      return String.valueOf(entry.result());
    }
    String name = Errno.name((int) entry.result());
    String words = words((int) -entry.result());
    return "-1 " + name + (words == null ? "" : " (" + words + ")");
  }

  /** What strerror(3) says, for what a server meets. */
  private static @Nullable String words(int errno) {
    return switch (errno) {
      case Errno.EAGAIN -> "Resource temporarily unavailable";
      case Errno.EINTR -> "Interrupted system call";
      case Errno.EBADF -> "Bad file descriptor";
      case Errno.ENOENT -> "No such file or directory";
      case Errno.EEXIST -> "File exists";
      case Errno.EINVAL -> "Invalid argument";
      case Errno.EMFILE -> "Too many open files";
      case Errno.EPIPE -> "Broken pipe";
      case Errno.ECONNRESET -> "Connection reset by peer";
      case Errno.ENOTCONN -> "Transport endpoint is not connected";
      case Errno.ECONNREFUSED -> "Connection refused";
      case Errno.EINPROGRESS -> "Operation now in progress";
      case Errno.EADDRINUSE -> "Address already in use";
      default -> null;
    };
  }
}
