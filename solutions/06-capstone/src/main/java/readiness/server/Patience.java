package readiness.server;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param head from the first byte of a request's head to its last; who takes longer is answered 408
 *     (RFC 9110, section 15.5.9), so that a client which sends a byte now and then does not hold a
 *     place for ever
 * @param idle how long nothing may come or go on a connection; it is closed then, whatever is under
 *     way, and also after its last answer, if the client does not close
 */
public record Patience(Duration head, Duration idle) {
  /** 20 seconds for a head, a minute of silence. */
  public static final Patience USUAL = new Patience(Duration.ofSeconds(20), Duration.ofMinutes(1));

  public Patience {
    if (!head.isPositive() || !idle.isPositive()) {
      throw new IllegalArgumentException(
          "patience: head %s, idle %s: each more than 0".formatted(head, idle));
    }
  }
}
