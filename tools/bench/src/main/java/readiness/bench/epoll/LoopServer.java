package readiness.bench.epoll;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import readiness.epoll.Defects;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.Protocol;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;
import readiness.kernel.Recording;

/** One loop of chapter 3 on a thread of its own, as the servers here run it. */
final class LoopServer {
  /** Asks for every system call of the loop to be counted, which has its price. */
  static final String COUNT = "--count";

  private LoopServer() {}

  /** Serves until the input ends. */
  static void serve(Supplier<Protocol> protocol) throws IOException {
    Linux linux = new Linux();
    try (EventLoop loop =
        new EventLoop(linux, new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      Served.converse(start(loop, linux, protocol));
    }
  }

  /** As {@link #serve}, with every system call counted. */
  static void serveCounted(Supplier<Protocol> protocol) throws IOException {
    Linux linux = new Linux();
    Recording kernel = Recording.of(linux, new LinuxEpoll());
    try (EventLoop loop = new EventLoop(kernel, kernel, System::nanoTime, new SpareBuffers())) {
      // Read on another thread: exact once the load has ended.
      Served.converse(start(loop, linux, protocol), kernel::count);
    }
  }

  private static int start(EventLoop loop, Linux linux, Supplier<Protocol> protocol) {
    loop.onDefect(Defects::rethrow);
    int listener = loop.listen(Served.address(), Served.BACKLOG, protocol);
    int port = Objects.requireNonNull(linux.getsockname(listener)).getPort();
    Thread.ofPlatform().daemon().name("loop").start(loop::run);
    return port;
  }
}
