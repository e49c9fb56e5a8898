package readiness.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Linux;

/**
 * An HTTP/1.1 server: one thread, one loop, any number of clients.
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

  private final EventLoop loop;
  private final Thread thread;
  private final InetSocketAddress address;

  private HttpServer(EventLoop loop, Thread thread, InetSocketAddress address) {
    this.loop = loop;
    this.thread = thread;
    this.address = address;
  }

  /**
   * Listens and serves from now on, on a thread of its own.
   *
   * @param address where; port 0 takes a free one, which {@link #address()} tells
   * @param handler answers every request; called on the server's thread
   * @throws IllegalStateException if the kernel refuses, for instance because the port is taken:
   *     the message names the address and the reason
   */
  public static HttpServer start(InetSocketAddress address, Handler handler) {
    return start(address, handler, Limits.USUAL);
  }

  /** As above, with limits of one's own. */
  public static HttpServer start(InetSocketAddress address, Handler handler, Limits limits) {
    Linux sockets = new Linux();
    EventLoop loop = new EventLoop(sockets, new LinuxEpoll(), System::nanoTime, new SpareBuffers());
    try {
      HttpProtocol http = new HttpProtocol(handler, limits, System::currentTimeMillis);
      int listener = loop.listen(address, BACKLOG, http);
      InetSocketAddress bound = Objects.requireNonNull(sockets.getsockname(listener));
      Thread thread =
          Thread.ofPlatform().name("http-" + bound.getPort()).unstarted(() -> run(loop));
      HttpServer server = new HttpServer(loop, thread, bound);
      thread.start();
      return server;
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private static void run(EventLoop loop) {
    try (loop) {
      loop.run();
    }
  }

  /** Where the server listens, with the port that it was given. */
  public InetSocketAddress address() {
    return address;
  }

  /** Waits until the server has stopped. */
  public void join() throws InterruptedException {
    thread.join();
  }

  /** Stops: the turn under way is finished, then every connection is closed. */
  @Override
  public void close() {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Serves a folder on the loopback interface until it is interrupted.
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
      Handler files = new StaticFiles(Path.of(args[0]));
      HttpServer server = start(address, files);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      System.out.println(args[0] + " on http://localhost:" + server.address().getPort() + "/");
      server.join();
    } catch (IOException e) {
      System.err.println("no folder to serve: " + e.getMessage());
      System.exit(3);
    } catch (IllegalStateException e) {
      System.err.println("cannot serve on " + address + ": " + e.getMessage());
      System.exit(3);
    }
  }
}
