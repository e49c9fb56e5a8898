package readiness.timeline;

import readiness.kernel.Call;
import readiness.kernel.Errno;
import readiness.kernel.Recording;

/**
 * One line of a recording.
 *
 * @param number its number, from 1
 * @param entry what it says
 */
record Line(int number, Recording.Entry entry) {
  Call call() {
    return entry.call();
  }

  boolean isNote() {
    return call() == Call.NOTE;
  }

  boolean isWait() {
    return call() == Call.EPOLL_WAIT;
  }

  /** Bytes come in. */
  boolean receives() {
    return call() == Call.RECV || call() == Call.READ;
  }

  /** Bytes go out. */
  boolean sends() {
    return call() == Call.SEND || call() == Call.WRITE;
  }

  /** How many bytes went in or out. */
  long bytes() {
    return (receives() || sends()) && entry.returned() ? Math.max(0, entry.result()) : 0;
  }

  /** The kernel took some of what it was given, not all. */
  boolean isPartial() {
    return sends() && entry.returned() && entry.result() >= 0 && entry.result() < entry.argument();
  }

  /** "Not now": an answer, not an error. */
  boolean isAgain() {
    return entry.returned() && entry.result() == -Errno.EAGAIN;
  }

  /** It was refused, and not with "not now". */
  boolean isError() {
    return entry.returned() && entry.result() < 0 && !isAgain();
  }

  /** The peer has finished sending. */
  boolean isEnd() {
    return receives() && entry.returned() && entry.result() == 0 && entry.argument() > 0;
  }
}
