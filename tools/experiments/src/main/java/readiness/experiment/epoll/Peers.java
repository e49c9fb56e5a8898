package readiness.experiment.epoll;

import static readiness.kernel.Sockets.AF_INET;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_STREAM;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import readiness.kernel.Errno;
import readiness.kernel.Linux;

/**
 * The other ends of many connections, in a process of their own: both ends of 10,000 are more than
 * many a limit of descriptors allows. It answers {@code connect N} and {@code send N}, which sends
 * a byte on each of the first N connections, with N.
 */
final class Peers {
  private final Linux sockets = new Linux();
  private final InetSocketAddress address;
  private final MemorySegment one = Arena.global().allocate(1);
  private int[] fds = {};

  private Peers(int port) {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Answers until its input ends.
   *
   * @param args the port to connect to
   */
  public static void main(String[] args) throws IOException {
    DescriptorLimit.raise();
    Peers peers = new Peers(Integer.parseInt(args[0]));
    try (var orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        String[] order = line.split(" ");
        int many = Integer.parseInt(order[1]);
        if (order[0].equals("connect")) {
          peers.connect(many);
        } else {
          peers.send(many);
        }
        IO.println(many);
      }
    } catch (IllegalStateException e) {
      IO.println(e.getMessage());
    }
  }

  private void connect(int more) {
    int before = fds.length;
    fds = java.util.Arrays.copyOf(fds, before + more);
    for (int i = before; i < fds.length; i++) {
      fds[i] = check("socket", sockets.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
      check("connect to " + address, sockets.connect(fds[i], address));
    }
  }

  private void send(int first) {
    for (int i = 0; i < first; i++) {
      check("send", sockets.send(fds[i], one, 0, 1, 0));
    }
  }

  private static int check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("%s: %s".formatted(call, Errno.name(result)));
    }
    return result;
  }
}
