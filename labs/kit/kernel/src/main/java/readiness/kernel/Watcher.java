package readiness.kernel;

/** Who wants to hear that something about an open file has changed. */
@FunctionalInterface
interface Watcher {
  /**
   * Something has changed: look again.
   *
   * @param key which of EPOLLIN, EPOLLOUT, EPOLLERR it was, or 0 if it may be any of them
   */
  void wake(int key);
}
