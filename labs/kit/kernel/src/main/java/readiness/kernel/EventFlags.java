package readiness.kernel;

import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLEXCLUSIVE;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLONESHOT;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;

/** The flags of epoll in words. */
public final class EventFlags {
  private EventFlags() {}

  /** As in a program: {@code EPOLLIN|EPOLLRDHUP}. */
  public static String names(int flags) {
    StringBuilder text = new StringBuilder();
    int rest = flags;
    rest = name(text, rest, EPOLLIN, "EPOLLIN");
    rest = name(text, rest, EPOLLOUT, "EPOLLOUT");
    rest = name(text, rest, EPOLLRDHUP, "EPOLLRDHUP");
    rest = name(text, rest, EPOLLERR, "EPOLLERR");
    rest = name(text, rest, EPOLLHUP, "EPOLLHUP");
    rest = name(text, rest, EPOLLET, "EPOLLET");
    rest = name(text, rest, EPOLLONESHOT, "EPOLLONESHOT");
    rest = name(text, rest, EPOLLEXCLUSIVE, "EPOLLEXCLUSIVE");
    if (rest != 0 || text.isEmpty()) {
      text.append(text.isEmpty() ? "" : "|").append(rest == 0 ? "0" : "0x" + hex(rest));
    }
    return text.toString();
  }

  private static int name(StringBuilder text, int flags, int flag, String name) {
    if ((flags & flag) == 0) {
      return flags;
    }
    text.append(text.isEmpty() ? "" : "|").append(name);
    return flags & ~flag;
  }

  private static String hex(int flags) {
    return Integer.toHexString(flags);
  }

  /** As a reader says it: {@code readable}, {@code readable and writable}. */
  public static String words(int flags) {
    StringBuilder text = new StringBuilder();
    word(text, flags, EPOLLERR, "failed");
    word(text, flags, EPOLLHUP, "hung up");
    word(text, flags, EPOLLRDHUP, "ended");
    word(text, flags, EPOLLIN, "readable");
    word(text, flags, EPOLLOUT, "writable");
    return text.toString();
  }

  private static void word(StringBuilder text, int flags, int flag, String word) {
    if ((flags & flag) != 0) {
      text.append(text.isEmpty() ? "" : " + ").append(word);
    }
  }
}
