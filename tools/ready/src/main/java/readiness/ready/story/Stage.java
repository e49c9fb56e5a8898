package readiness.ready.story;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import readiness.kernel.Recording;

/** Where a story is played: a kernel, an echo server on it, and clients. */
interface Stage {
  /**
   * Makes the server, which listens from now on.
   *
   * @param idleLimit how long it lets a connection be silent, if it minds
   */
  void open(Optional<Duration> idleLimit);

  /** Another client, with a name of its own. */
  Client client(String name);

  /** A while of one to so many units, each of which is short for the clients of this kernel. */
  Duration moment(Random random, int most);

  /** How many bytes are far too many for a socket to take at once. */
  int flood();

  /**
   * Lets the clients do what they have been told, until all is done.
   *
   * @throws Throwable what went wrong: a finding of the simulation, an exception of the loop
   */
  void play() throws Throwable;

  /** What has been recorded so far, in order of time. From any thread. */
  List<Recording.Entry> entries();
}
