package readiness.epoll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who has which descriptor of a loop. The kernel hands out the lowest free number, so an array does
 * for a map; and it hands a number out again as soon as it is free, so each channel has a {@link
 * Token} with a number of its own in it.
 *
 * <p>Belongs to its loop's thread.
 */
final class Channels {
  /** By descriptor. */
  private @Nullable Channel[] channels = new Channel[64];

  private final List<Listener> listeners = new ArrayList<>();
  private int connections;
  private int generation;

  /** Another number than the ones before it, as far as 32 bits go. For the tokens. */
  int nextGeneration() {
    // tag::stale-events[]
    // > return 0;
    return generation++;
    // end::stale-events[]
  }

  /**
   * The channel that a token was given to. Null if it has been closed since, by an earlier event of
   * the same turn: another one may have its number by now, but not its generation.
   */
  @Nullable Channel find(long token) {
    // tag::stale-events[]
    // > return channels[Token.fd(token)];
    Channel channel = channels[Token.fd(token)];
    return channel != null && channel.token == token ? channel : null;
    // end::stale-events[]
  }

  void add(Channel channel) {
    if (channel.fd >= channels.length) {
      channels = Arrays.copyOf(channels, Math.max(channel.fd + 1, 2 * channels.length));
    }
    channels[channel.fd] = channel;
    switch (channel) {
      case Connection _ -> connections++;
      case Listener listener -> listeners.add(listener);
      case WakeUp _ -> {}
    }
  }

  void remove(Channel channel) {
    channels[channel.fd] = null;
    switch (channel) {
      case Connection _ -> connections--;
      case Listener listener -> listeners.remove(listener);
      case WakeUp _ -> {}
    }
  }

  /** Whether there is no connection. */
  boolean servesNobody() {
    return connections == 0;
  }

  /** The listeners of this moment. */
  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /** Visits every channel, also one that comes while this goes on, unless its number is passed. */
  void forEach(Consumer<Channel> visitor) {
    for (int fd = 0; fd < channels.length; fd++) {
      Channel channel = channels[fd];
      if (channel != null) {
        visitor.accept(channel);
      }
    }
  }
}
