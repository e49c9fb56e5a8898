package readiness.kernel;

/** The system calls of {@link Sockets} and {@link Epoll}, by their names in the manual. */
public enum Call {
  SOCKET("socket"),
  BIND("bind"),
  LISTEN("listen"),
  ACCEPT4("accept4"),
  CONNECT("connect"),
  GETSOCKNAME("getsockname"),
  GETPEERNAME("getpeername"),
  RECV("recv"),
  SEND("send"),
  READ("read"),
  WRITE("write"),
  SHUTDOWN("shutdown"),
  CLOSE("close"),
  SETSOCKOPT("setsockopt"),
  GETSOCKOPT("getsockopt"),
  EVENTFD("eventfd"),
  PIPE2("pipe2"),
  DUP("dup"),
  EPOLL_CREATE1("epoll_create1"),
  EPOLL_CTL_ADD("epoll_ctl"),
  EPOLL_CTL_MOD("epoll_ctl"),
  EPOLL_CTL_DEL("epoll_ctl"),
  EPOLL_WAIT("epoll_wait"),

  /** Not a call: something that happened beside the calls, such as a peer's action. */
  NOTE("");

  private final String manual;

  Call(String manual) {
    this.manual = manual;
  }

  /** The name of its page in the manual: {@code epoll_ctl} for all three; empty for a note. */
  public String manual() {
    return manual;
  }
}
