package readiness.epoll;

/** When an epoll reports a connection again: epoll(7), "Level-triggered and edge-triggered". */
public enum Trigger {
  /** At every wait, as long as it is ready. */
  LEVEL,

  /** Once for each time that it becomes ready: what was left undone then, nobody mentions again. */
  EDGE
}
