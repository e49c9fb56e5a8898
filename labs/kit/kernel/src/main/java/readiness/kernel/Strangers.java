package readiness.kernel;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Clients that nobody invited and every server has: they come beside a test's peers when the menu
 * asks for them, and leave in an unpleasant way.
 */
final class Strangers {
  /** No more than this many in one simulation: they are seasoning. */
  private static final int MOST = 3;

  private final Simulation simulation;
  private final Dice dice;
  private int came;

  Strangers(Simulation simulation, Dice dice) {
    this.simulation = simulation;
    this.dice = dice;
  }

  /** Somebody connects to {@code address}: perhaps others do so too. */
  void follow(InetSocketAddress address) {
    if (comes(Fault.RESETS)) {
      stranger().connect(address).send(something()).pause(moment()).reset();
    }
    if (comes(Fault.HALF_CLOSES)) {
      stranger().connect(address).send(something()).halfClose().expectEnd();
    }
    if (comes(Fault.GONE_BEFORE_ACCEPT)) {
      stranger().connect(address).resetAtOnce();
    }
  }

  private boolean comes(Fault fault) {
    return came < MOST && dice.strikes(fault);
  }

  private Peer stranger() {
    came++;
    return simulation.newPeer("a stranger", true);
  }

  private byte[] something() {
    byte[] bytes = new byte[dice.below(33)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) dice.below(256);
    }
    return bytes;
  }

  private Duration moment() {
    return Duration.ofNanos(dice.delay(500));
  }
}
