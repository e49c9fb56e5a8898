package readiness.kernel;

import static readiness.kernel.Errno.ECONNREFUSED;
import static readiness.kernel.Errno.ETIMEDOUT;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loopback interface: who is bound where, and how connections come about. A SYN that finds the
 * accept queue full is dropped without a word and sent again after 1, 2, 4, … seconds
 * (tcp_syn_retries in tcp(7)).
 */
final class Network {
  private static final long SECOND = 1_000_000_000L;
  private static final int RETRIES = 6;
  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int LAST_EPHEMERAL = 60_999;

  private final Timeline time;
  private final Dice dice;
  private final Map<Integer, List<SimSocket>> bound = new HashMap<>();
  private int lastEphemeral = FIRST_EPHEMERAL - 1;

  Network(Timeline time, Dice dice) {
    this.time = time;
    this.dice = dice;
  }

  /** EADDRINUSE of bind(2): somebody is bound there, and they have not both agreed to share. */
  boolean refusesToBind(SimSocket socket, InetSocketAddress address) {
    for (SimSocket each : boundTo(address.getPort())) {
      boolean shareAddress =
          each.options().reuseAddress() && socket.options().reuseAddress() && !each.isListening();
      if (overlap(each.local(), address) && !shareAddress && !sharePort(each, socket)) {
        return true;
      }
    }
    return false;
  }

  /** EADDRINUSE of listen(2): somebody else listens there, and they do not share. */
  boolean refusesToListen(SimSocket socket) {
    for (SimSocket each : boundTo(socket.local().getPort())) {
      if (each.isListening() && overlap(each.local(), socket.local()) && !sharePort(each, socket)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sharePort(SimSocket a, SimSocket b) {
    return a.options().reusePort() && b.options().reusePort();
  }

  /** A port that nobody is bound to. */
  int freePort() {
    do {
      lastEphemeral = lastEphemeral == LAST_EPHEMERAL ? FIRST_EPHEMERAL : lastEphemeral + 1;
    } while (bound.containsKey(lastEphemeral));
    return lastEphemeral;
  }

  private List<SimSocket> boundTo(int port) {
    return bound.getOrDefault(port, List.of());
  }

  void bind(SimSocket socket, int port) {
    bound.computeIfAbsent(port, _ -> new ArrayList<>(1)).add(socket);
  }

  void unbind(SimSocket socket, int port) {
    List<SimSocket> here = boundTo(port);
    here.remove(socket);
    if (here.isEmpty()) {
      bound.remove(port);
    }
  }

  /** Sends a SYN; {@code client} hears of the outcome. */
  void connect(SimSocket client, InetSocketAddress to) {
    SimSocket listener = listenerAt(to);
    if (listener != null && listener.isFar()) {
      time.after(dice.delay(300), () -> syn(client, to, 0));
    } else {
      syn(client, to, 0);
    }
  }

  private void syn(SimSocket client, InetSocketAddress to, int retries) {
    if (!client.isConnecting(to)) {
      return;
    }
    SimSocket listener = listenerAt(to);
    if (listener == null) {
      client.connectFailed(ECONNREFUSED);
    } else if (!listener.queue().full()) {
      SimSocket.join(client, listener);
    } else if (retries < RETRIES) {
      time.after(SECOND << retries, () -> syn(client, to, retries + 1));
    } else {
      time.after(SECOND << retries, () -> client.connectFailed(ETIMEDOUT));
    }
  }

  private @Nullable SimSocket listenerAt(InetSocketAddress to) {
    List<SimSocket> listeners = new ArrayList<>(1);
    for (SimSocket each : boundTo(to.getPort())) {
      if (each.isListening() && overlap(each.local(), to)) {
        listeners.add(each);
      }
    }
    return switch (listeners.size()) {
      case 0 -> null;
      case 1 -> listeners.getFirst();
      // SO_REUSEPORT: the kernel picks by a hash of the addresses.
      default -> listeners.get(dice.below(listeners.size()));
    };
  }

  /** Whether something sent to {@code b} can reach {@code a}: the same address, or any. */
  private static boolean overlap(InetSocketAddress a, InetSocketAddress b) {
    InetAddress first = a.getAddress();
    InetAddress second = b.getAddress();
    return first.equals(second) || first.isAnyLocalAddress() || second.isAnyLocalAddress();
  }
}
