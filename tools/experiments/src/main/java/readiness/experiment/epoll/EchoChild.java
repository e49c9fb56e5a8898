package readiness.experiment.epoll;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import readiness.epoll.Defects;
import readiness.epoll.EchoServer;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;

/**
 * A process with one of the two echo servers. It prints its port, and answers each line with the
 * bytes of heap that are in use after collections.
 */
final class EchoChild {
  /** The argument that asks for the loop; any other asks for threads. */
  static final String LOOP = "loop";

  private static final int BACKLOG = 1024;
  private static final int COLLECTIONS = 5;

  private EchoChild() {}

  public static void main(String[] args) throws IOException {
    DescriptorLimit.raise();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    IO.println(args[0].equals(LOOP) ? loop(address) : threads(address));
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    try (var questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (questions.readLine() != null) {
        IO.println(usedHeap(memory));
      }
    }
    // The parent has gone or is done. What this process holds is the kernel's to clear away.
    Runtime.getRuntime().halt(0);
  }

  /** What a cleaner has let go of is free after the next collection: until no more comes free. */
  private static long usedHeap(MemoryMXBean memory) {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      used = Math.min(used, memory.getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  private static int loop(InetSocketAddress address) {
    Linux sockets = new Linux();
    EventLoop loop = new EventLoop(sockets, new LinuxEpoll(), System::nanoTime, new SpareBuffers());
    loop.onDefect(Defects::rethrow);
    int listener = loop.listen(address, BACKLOG, EchoServer::new);
    Thread.ofPlatform().daemon().name("loop").start(loop::run);
    InetSocketAddress bound = new Linux().getsockname(listener);
    return bound == null ? -1 : bound.getPort();
  }

  private static int threads(InetSocketAddress address) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(address, BACKLOG);
    Thread.ofPlatform()
        .daemon()
        .name("acceptor")
        .start(() -> {
          try {
            VirtualThreadEcho.serve(listener);
          } catch (IOException e) {
            IO.println(e.getMessage());
          }
        });
    return listener.getLocalPort();
  }
}
