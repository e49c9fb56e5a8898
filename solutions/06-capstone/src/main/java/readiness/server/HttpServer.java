package readiness.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.LoopGroup;
import readiness.epoll.MemoryLimit;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;

/**
 * An HTTP/1.1 server: some loops, each on a thread of its own, and any number of clients.
 *
 * <pre>{@code
 * try (HttpServer server = HttpServer.start(address, new StaticFiles(folder))) {
 *   System.out.println("http://localhost:" + server.address().getPort());
 *   server.join();
 * }
 * }</pre>
 */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final LoopGroup loops;

  private HttpServer(LoopGroup loops) {
    this.loops = loops;
  }

  /**
   * Listens and serves from now on, with one loop.
   *
   * @param address where; port 0 takes a free one, which {@link #address()} tells
   * @param handler answers every request; called on the loop's thread
   * @throws IllegalStateException if the kernel refuses, for instance because the port is taken:
   *     the message names the address and the reason
   */
  public static HttpServer start(InetSocketAddress address, Handler handler) {
    return start(address, 1, () -> handler, Limits.USUAL, Patience.USUAL);
  }

  /**
   * As above, with {@code size} loops.
   *
   * @param handlers asked once by each loop, on its thread: what it answers is called on no other
   * @param limits how much a client may ask for; its memory is shared by all loops
   */
  public static HttpServer start(
      InetSocketAddress address,
      int size,
      Supplier<Handler> handlers,
      Limits limits,
      Patience patience) {
    MemoryLimit memory = new MemoryLimit(limits.memory());
    return new HttpServer(
        LoopGroup.start(
            size,
            LoopGroup.Accepting.HAND_OUT,
            () -> loop(memory, patience),
            address,
            BACKLOG,
            () -> new HttpProtocol(handlers.get(), limits, patience, System::currentTimeMillis)));
  }

  private static EventLoop loop(MemoryLimit memory, Patience patience) {
    EventLoop loop =
        new EventLoop(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers(memory));
    loop.closeIdleAfter(patience.idle());
    return loop;
  }

  /** Where the server listens, with the port that it was given. */
  public InetSocketAddress address() {
    return loops.address();
  }

  /**
   * Waits until the server has stopped.
   *
   * @throws ExecutionException if it has stopped by itself: a loop has a defect, which is the cause
   */
  public void join() throws InterruptedException, ExecutionException {
    loops.join();
  }

  /** Stops: the turn under way is finished, then every connection is closed. */
  @Override
  public void close() {
    loops.close();
  }

  /**
   * Serves a folder on the loopback interface until it is interrupted, with a loop for each
   * processor.
   *
   * @param args the folder and the port; port 0 takes a free one
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2 || !args[1].matches("[0-9]{1,5}") || Integer.parseInt(args[1]) > 65535) {
      System.err.println("usage: HttpServer FOLDER PORT");
      System.exit(2);
    }
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    try {
      int processors = Runtime.getRuntime().availableProcessors();
      HttpServer server =
          start(
              address,
              processors,
              StaticFiles.each(Path.of(args[0])),
              Limits.USUAL,
              Patience.USUAL);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      System.out.println(args[0] + " on http://localhost:" + server.address().getPort() + "/");
      server.join();
    } catch (IOException e) {
      System.err.println("no folder to serve: " + e.getMessage());
      System.exit(3);
    } catch (IllegalStateException e) {
      System.err.println("cannot serve on " + address + ": " + e.getMessage());
      System.exit(3);
    } catch (ExecutionException e) {
      System.err.println("the server has ended: " + e.getCause());
      System.exit(1);
    }
  }
}
