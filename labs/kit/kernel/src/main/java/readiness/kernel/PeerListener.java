package readiness.kernel;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Where peers wait for somebody to connect to them: first come, first served, on both sides. */
final class PeerListener {
  private static final int BACKLOG = 1024;

  private final SimSocket listener;
  private final ArrayDeque<Peer> waiting = new ArrayDeque<>();

  PeerListener(Machine machine, InetSocketAddress address) {
    listener = new SimSocket(machine, Sockets.AF_INET6);
    int result = listener.bind(address);
    if (result == 0) {
      result = listener.listen(BACKLOG);
    }
    if (result < 0) {
      throw new IllegalArgumentException(
          "a peer cannot listen on %s: %s".formatted(address, Errno.name(result)));
    }
    listener.far();
    listener.watch(_ -> serve(), false);
  }

  void wants(Peer peer) {
    waiting.add(peer);
    serve();
  }

  private void serve() {
    while (!waiting.isEmpty()) {
      @Nullable SimSocket connection = listener.queue().remove();
      if (connection == null) {
        return;
      }
      waiting.remove().accepted(connection);
    }
  }
}
