import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A virtual thread waits for a byte that does not come. What does the process wait on? */
final class Underneath {
  public static void main(String[] args) throws Exception {
    // tag::wait[]
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket listener = new ServerSocket(0, 1, here);
        Socket client = new Socket(here, listener.getLocalPort());
        Socket accepted = listener.accept()) {
      long before = epolls();
      CountDownLatch done = new CountDownLatch(1);
      Thread waiting =
          Thread.startVirtualThread(() -> {
            try {
              accepted.getInputStream().read(); // as simple as can be
            } catch (IOException e) {
              IO.println("reading failed: " + e.getMessage());
            }
            done.countDown();
          });
      while (waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      IO.println("epoll descriptors before the thread waits: " + before);
      IO.println("and while it waits: " + epolls());
      // end::wait[]
      client.getOutputStream().write(1);
      done.await();
    }
  }

  /** How many of this process's descriptors are epolls, as /proc tells. */
  private static long epolls() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(Underneath::isEpoll).count();
    }
  }

  private static boolean isEpoll(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("eventpoll");
    } catch (IOException e) {
      return false; // it was the one that lists the folder, and is closed again
    }
  }
}
