package readiness.bench.epoll;

import java.nio.file.Path;
import readiness.bench.Settings;

/**
 * What is to be measured of a loop.
 *
 * @param settings what every measurement has
 * @param ours whose servers are looked at
 * @param peer what they are held against
 * @param connections how many are busy
 * @param depth how many requests are under way on a connection when they are pipelined
 * @param idle how many connections are idle beside the busy ones
 */
record Setup(
    Settings settings, Contender ours, Contender peer, int connections, int depth, int idle) {
  static Setup of(Settings settings) {
    Path mine = settings.path("mine");
    return new Setup(
        settings,
        mine == null ? Contender.reference() : Contender.mine(mine),
        "reference".equals(settings.text("against")) ? Contender.reference() : Contender.peer(),
        settings.number("connections", 1),
        settings.number("depth", 1),
        settings.number("idle", 0));
  }

  int rounds() {
    return settings.rounds();
  }

  double seconds() {
    return settings.seconds();
  }

  double warmUp() {
    return settings.warmUp();
  }
}
