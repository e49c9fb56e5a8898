package readiness.bench.epoll;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.LoopGroup;
import readiness.epoll.Protocol;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;
import readiness.kernel.Recording;

/** Loops of chapter 3 on threads of their own, as the servers here run them. */
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

  /** As {@link #serve}, on several loops; one more accepts and hands out. */
  static void serveOn(int loops, Supplier<Supplier<Protocol>> protocols) throws IOException {
    try (LoopGroup group =
        LoopGroup.start(
            loops,
            LoopGroup.Accepting.HAND_OUT,
            () ->
                new EventLoop(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers()),
            Served.address(),
            Served.BACKLOG,
            protocols)) {
      Served.converse(group.address().getPort());
    }
  }

  private static int start(EventLoop loop, Linux linux, Supplier<Protocol> protocol) {
    int listener = loop.listen(Served.address(), Served.BACKLOG, protocol);
    int port = Objects.requireNonNull(linux.getsockname(listener)).getPort();
    Thread.ofPlatform().daemon().name("loop").start(loop::run);
    return port;
  }
}
