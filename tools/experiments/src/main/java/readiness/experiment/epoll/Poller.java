package readiness.experiment.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import readiness.epoll.EventArray;
import readiness.epoll.LinuxEpoll;
import readiness.kernel.Epoll;
import readiness.kernel.Linux;

/** A thread that waits in an epoll of its own for a listener, accepts one, and closes it. */
final class Poller {
  private static final long LISTENER = 0;
  private static final long STOP = 1;
  private static final long PAUSE = 100_000;

  private final int listener;
  private final int events;
  private final int stop;
  private final CompletableFuture<Path> task = new CompletableFuture<>();
  private final Thread thread;

  // Written by the thread alone, read by others.
  private volatile long returned;
  private volatile long accepted;

  /**
   * Begins to wait.
   *
   * @param listener what to wait for; may be watched by others as well
   * @param events how to watch it
   * @param stop an eventfd; the thread ends when it is written to
   */
  Poller(int listener, int events, int stop) {
    this.listener = listener;
    this.events = events;
    this.stop = stop;
    this.thread = Thread.ofPlatform().daemon().name("poller").start(this::run);
  }

  private void run() {
    Linux sockets = new Linux();
    LinuxEpoll epoll = new LinuxEpoll();
    int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    try {
      EventArray array = new EventArray(4);
      Pair.check("epoll_ctl", epoll.add(epfd, listener, events, LISTENER));
      Pair.check("epoll_ctl", epoll.add(epfd, stop, EPOLLIN, STOP));
      // PID/task/TID: the thread's number is not known to Java.
      task.complete(Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self"))));
      while (true) {
        int ready = epoll.await(epfd, array.memory(), array.capacity(), -1);
        for (int i = 0; i < ready; i++) {
          if (array.token(i) == STOP) {
            return;
          }
        }
        if (ready > 0) {
          accept(sockets);
        }
      }
    } catch (IOException | RuntimeException e) {
      task.completeExceptionally(e);
    } finally {
      epoll.close(epfd);
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  private void accept(Linux sockets) {
    returned++;
    int fd = sockets.accept4(listener, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      sockets.close(fd);
      accepted++;
    }
  }

  /** How often epoll_wait has returned with the listener. */
  long returned() {
    return returned;
  }

  /** How many connections it got. */
  long accepted() {
    return accepted;
  }

  /** Until the kernel says that the thread sleeps. */
  void awaitWaiting() throws Exception {
    Path status = task.get().resolve("status");
    while (Files.readAllLines(status).stream().noneMatch(line -> line.matches("State:\\s+S.*"))) {
      LockSupport.parkNanos(PAUSE);
    }
  }

  /**
   * How often it has given up a processor to wait: once for each time that it was woken,
   * proc_pid_status(5). The kernel may wake a thread inside of epoll_wait and send it to sleep
   * again, and then only this tells.
   */
  long switches() throws Exception {
    return Files.readAllLines(task.get().resolve("status")).stream()
        .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /** Ends them all. */
  static void stop(List<Poller> pollers, Linux sockets, int stop) throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      sockets.write(stop, arena.allocateFrom(JAVA_LONG, 1), 0, Long.BYTES);
    }
    for (Poller poller : pollers) {
      poller.thread.join();
    }
  }
}
