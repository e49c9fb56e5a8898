package readiness.server;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param head from the first byte of a request's head to its last; who takes longer is answered 408
 *     (RFC 9110, section 15.5.9), so that a client which sends a byte now and then does not hold a
 *     place for ever
 * @param body from the last byte of the head to the last of a body that is wanted; 408 as well
 * @param idle how long nothing may come or go on a connection; it is closed then, whatever is under
 *     way, and also after its last answer, if the client does not close
 */
public record Patience(Duration head, Duration body, Duration idle) {
  /** 20 seconds for a head, a minute for a body, a minute of silence. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1));

  public Patience {
    if (!head.isPositive() || !body.isPositive() || !idle.isPositive()) {
      throw new IllegalArgumentException(
          "patience: head %s, body %s, idle %s: each more than 0".formatted(head, body, idle));
    }
  }
}
