package readiness.epoll;

import java.util.ArrayDeque;

/**
 * Who has something left to do that no event will mention: those wait here for the others to have
 * had their turn.
 *
 * <p>Belongs to its loop's thread.
 */
final class PutOff {
  private final ArrayDeque<Channel> channels = new ArrayDeque<>();

  /** Whether nobody is put off, so that the loop may wait. */
  boolean isEmpty() {
    return channels.isEmpty();
  }

  /**
   * Sees to it that {@code channel} goes on in this turn's {@link #goOn} or, called from there, in
   * the next turn's: {@link Channel#goOn} is called once, however often it was put off meanwhile.
   * What each channel has for that is {@link Channel#putOff}.
   */
  void add(Channel channel) {
    // tag::fairness[]
    // > // Nobody is ever put off, so far.
    if (!channel.putOff) {
      channel.putOff = true;
      channels.add(channel);
    }
    // end::fairness[]
  }

  /**
   * Has everyone go on who was put off before this call, in that order. Who is put off once more
   * meanwhile goes on in the next turn: between the two lies a wait, so that those are served who
   * have become ready by then.
   */
  void goOn() {
    // tag::fairness[]
    // > // Nobody is ever put off, so far.
    for (int left = channels.size(); left > 0; left--) {
      Channel channel = channels.remove();
      channel.putOff = false;
      channel.goOn();
    }
    // end::fairness[]
  }
}
