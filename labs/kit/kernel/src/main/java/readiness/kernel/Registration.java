package readiness.kernel;

import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLEXCLUSIVE;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLONESHOT;

/** One entry of an epoll's interest list: an open file and the number under which it was added. */
final class Registration implements Watcher {
  /** Bits that say how to report, not what (EP_PRIVATE_BITS in fs/eventpoll.c). */
  private static final int HOW = EPOLLONESHOT | EPOLLET | EPOLLEXCLUSIVE;

  private final SimEpoll epoll;
  final OpenFile file;
  final int fd;
  private int events;
  private long token;

  /** Whether it stands in the ready list; it stands there at most once. */
  boolean ready;

  Registration(SimEpoll epoll, OpenFile file, int fd) {
    this.epoll = epoll;
    this.file = file;
    this.fd = fd;
  }

  boolean belongsTo(SimEpoll candidate) {
    return epoll == candidate;
  }

  int events() {
    return events;
  }

  long token() {
    return token;
  }

  boolean has(int flag) {
    return (events & flag) != 0;
  }

  /** Errors and hang-ups are always reported, asked for or not. */
  void ask(int events, long token) {
    this.events = events | EPOLLERR | EPOLLHUP;
    this.token = token;
  }

  /** One shot: silent until modified, for errors and hang-ups too. */
  void disarm() {
    events &= HOW;
  }

  boolean armed() {
    return (events & ~HOW) != 0;
  }

  /** What is so now and was asked for. */
  int current() {
    return file.poll() & events;
  }

  /**
   * Something has happened to the file. It is only put on the ready list here; what is reported is
   * looked up when somebody asks. Edge-triggered means nothing else than that this is the only way
   * onto the list.
   */
  @Override
  public void wake(int key) {
    if (armed() && (key == 0 || has(key))) {
      epoll.ready(this);
    }
  }

  /** The open file has gone. */
  void end() {
    epoll.forget(this);
  }
}
